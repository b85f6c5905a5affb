package org.vauban.print;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.vauban.disclosure.Shown;
import org.vauban.disclosure.ShownCurves;
import org.vauban.disclosure.ShownEstimates;
import org.vauban.disclosure.ShownFlow;
import org.vauban.disclosure.ShownTable;

/** Our words around the numbers, in one language. */
final class Words {
    private final Locale language;
    private final ResourceBundle bundle;

    private Words(Locale language) {
        this.language = language;
        this.bundle = ResourceBundle.getBundle(
                "org.vauban.print.words",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    static Words in(Locale language) {
        return new Words(language);
    }

    Locale language() {
        return language;
    }

    String text(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, language).format(arguments);
    }

    String title(Shown content) {
        return switch (content) {
            case ShownTable table ->
                text("table.title", String.join(", ", table.dimensions()));
            case ShownFlow _ -> text("flow.title");
            case ShownCurves _ -> text("curves.title");
            case ShownEstimates _ -> text("estimates.title");
        };
    }

    String count(long persons) {
        return NumberFormat.getIntegerInstance(language).format(persons);
    }

    /** A ratio or a probability with the digits that disclosure control left. */
    String number(double value) {
        NumberFormat format = NumberFormat.getNumberInstance(language);
        format.setMaximumFractionDigits(4);
        return format.format(value);
    }

    String interval(double low, double high) {
        return text("interval", number(low), number(high));
    }
}
