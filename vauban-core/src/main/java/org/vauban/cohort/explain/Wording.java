package org.vauban.cohort.explain;

import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of one language, and how it writes numbers and days. */
final class Wording {
    private final boolean isFrench;
    private final ResourceBundle bundle;
    private final NumberFormat numbers;
    private final DateTimeFormatter days;

    private Wording(Locale language) {
        this.isFrench = language.equals(Locale.FRENCH);
        this.bundle = ResourceBundle.getBundle(
                "org.vauban.cohort.explain.wording",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        this.numbers = NumberFormat.getNumberInstance(language);
        // Identifiers and counts are compared by eye with those of the definition.
        numbers.setGroupingUsed(false);
        numbers.setMaximumFractionDigits(4);
        this.days = DateTimeFormatter.ofPattern("MMMM uuuu", language);
    }

    /** French for French, English for all else. */
    static Wording in(Locale language) {
        return new Wording("fr".equals(language.getLanguage()) ? Locale.FRENCH : Locale.ENGLISH);
    }

    /** The text of a key, its gaps {@code {0}}, {@code {1}}, … filled in. */
    String text(String key, Object... values) {
        String text = bundle.getString(key);
        for (int gap = 0; gap < values.length; gap++) {
            text = text.replace("{" + gap + "}", String.valueOf(values[gap]));
        }
        return text;
    }

    boolean has(String key) {
        return bundle.containsKey(key);
    }

    /** The text of the first key that there is. */
    String first(String... keys) {
        for (String key : keys) {
            if (has(key)) {
                return text(key);
            }
        }
        return text(keys[keys.length - 1]);
    }

    String days(long number) {
        return text(isOne(number) ? "days.one" : "days.many", number);
    }

    String years(double number) {
        return text(isOne(number) ? "years.one" : "years.many", number(number));
    }

    /** Whether nouns stand in the singular after the number; in French they do after 0 too. */
    boolean isOne(double number) {
        return isFrench ? Math.abs(number) < 2 : number == 1;
    }

    String number(double number) {
        return numbers.format(number);
    }

    String day(int sinceEpoch) {
        LocalDate day = LocalDate.ofEpochDay(sinceEpoch);
        String ofMonth = isFrench && day.getDayOfMonth() == 1 ? "1er" : String.valueOf(day.getDayOfMonth());
        return ofMonth + " " + days.format(day);
    }
}
