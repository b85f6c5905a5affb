package org.vauban.study.report;

import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vauban.output.TwoLanguages;

/** The words of a report in French or English, and the steps and levels of outputs in the reader's language. */
public final class ReportWords {
    private static final Pattern NUMBERED = Pattern.compile("(\\D*?)(\\d+)(\\D*)");

    private static final Pattern NUMBERED_TWICE = Pattern.compile("(\\D*?)(\\d+)(\\D+)(\\d+)(\\D*)");

    /** A stretch of a score, such as {@code 0.1 to 0.2}. */
    private static final Pattern BETWEEN = Pattern.compile("(\\d\\.\\d+) to (\\d\\.\\d+)");
    /** Days counted from a start, such as {@code days -30 to 0}. */
    private static final Pattern DAYS = Pattern.compile("days (-?\\d+) to (-?\\d+)");

    /** Between a covariate and its level. */
    private static final String LEVEL = ": ";
    /** Between what is estimated, in whom, and for how long. */
    private static final String PART = ", ";

    private static final String MINUS = "−";

    private final Locale language;
    private final ResourceBundle bundle;

    private ReportWords(Locale language) {
        this.language = language;
        this.bundle = ResourceBundle.getBundle(
                "org.vauban.study.report.report",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** French for French, English for all else. */
    public static ReportWords in(Locale language) {
        return new ReportWords("fr".equals(language.getLanguage()) ? Locale.FRENCH : Locale.ENGLISH);
    }

    public Locale language() {
        return language;
    }

    /**
     * The label of a step, a level or an estimand in the reader's language. A label that this program did not write itself (the
     * name of a medicine, say) is returned as it stands, or in this language if its author wrote it in both.
     */
    public String label(String label) {
        String own = TwoLanguages.in(label, language);
        return own.equals(label) || own.contains(LEVEL) ? ours(own) : own;
    }

    private String ours(String label) {
        String exact = label(key(label), label);
        if (!exact.equals(label) || language.equals(Locale.ENGLISH)) {
            return exact;
        }
        Matcher numbered = NUMBERED.matcher(label);
        String with = numbered.matches()
                ? label(key(numbered.group(1) + "#" + numbered.group(3)), label).replace("{0}", numbered.group(2))
                : label;
        if (!with.equals(label)) {
            return with;
        }
        Matcher twice = NUMBERED_TWICE.matcher(label);
        if (twice.matches()) {
            String found = label(key(twice.group(1) + "#" + twice.group(3) + "#" + twice.group(5)), label);
            if (!found.equals(label)) {
                return found.replace("{0}", twice.group(2)).replace("{1}", twice.group(4));
            }
        }
        Matcher days = DAYS.matcher(label);
        if (days.matches()) {
            return "jours " + days.group(1).replace("-", MINUS) + " à "
                    + days.group(2).replace("-", MINUS);
        }
        Matcher between = BETWEEN.matcher(label);
        if (between.matches()) {
            return (between.group(1) + " à " + between.group(2)).replace('.', ',');
        }
        int level = label.lastIndexOf(LEVEL);
        if (level > 0) {
            return ours(label.substring(0, level)) + "\u00a0: " + ours(label.substring(level + LEVEL.length()));
        }
        return label.contains(PART)
                ? Stream.of(label.split(PART, -1)).map(this::ours).collect(Collectors.joining(PART))
                : label;
    }

    private String label(String key, String otherwise) {
        try {
            return bundle.getString(key);
        } catch (MissingResourceException unknown) {
            return otherwise;
        }
    }

    private static String key(String label) {
        return "label." + label.replace(' ', '_');
    }

    /** Days from one to another, counted from the entry. */
    public String window(int fromDay, int toDay) {
        return text(
                fromDay == toDay ? "window.day" : "window",
                String.valueOf(fromDay).replace("-", MINUS),
                String.valueOf(toDay).replace("-", MINUS));
    }

    String text(String key, Object... values) {
        String text = bundle.getString(key);
        for (int index = 0; index < values.length; index++) {
            text = text.replace("{" + index + "}", String.valueOf(values[index]));
        }
        return text;
    }
}
