package org.vauban.app.page;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Days as people write them: 3 March 2026, 3 mars 2026. */
public final class Days {
    private Days() {}

    public static String written(LocalDate day, Locale language) {
        return day.format(DateTimeFormatter.ofPattern("d MMMM uuuu", language));
    }
}
