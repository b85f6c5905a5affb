package org.vauban.app.page;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Days as people write them: 3 March 2026, 3 mars 2026. */
final class Days {
    private Days() {}

    static String written(LocalDate day, Locale language) {
        return day.format(DateTimeFormatter.ofPattern("d MMMM uuuu", language));
    }
}
