package org.vauban.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Numbers as French and English readers write them. Written out here and not taken from the platform's locale data, which change
 * from one version of Java to the next.
 */
public final class FigureNumbers {
    private static final String FRENCH_GROUP = "\u202f";

    private FigureNumbers() {}

    /** A whole number with its thousands set apart: 1,797 or 1 797. */
    public static String whole(long number, Locale language) {
        String digits = Long.toString(Math.abs(number));
        var grouped = new StringBuilder();
        for (int index = 0; index < digits.length(); index++) {
            if (index > 0 && (digits.length() - index) % 3 == 0) {
                grouped.append(isFrench(language) ? FRENCH_GROUP : ",");
            }
            grouped.append(digits.charAt(index));
        }
        return (number < 0 ? "−" : "") + grouped;
    }

    /** A number with a fixed number of decimals; infinity as ∞ and a value that does not exist as a dash. */
    public static String decimal(double number, int decimals, Locale language) {
        if (Double.isNaN(number)) {
            return "–";
        }
        if (Double.isInfinite(number)) {
            return number < 0 ? "−∞" : "∞";
        }
        BigDecimal rounded = BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_UP);
        String text = rounded.abs().toPlainString();
        return (rounded.signum() < 0 ? "−" : "") + (isFrench(language) ? text.replace('.', ',') : text);
    }

    /** A share as a percentage: 95% or 95 %. */
    public static String percent(double share, int decimals, Locale language) {
        return decimal(share * 100, decimals, language) + (isFrench(language) ? "\u00a0%" : "%");
    }

    /** A tick of an axis with as many decimals as it needs, at most four. */
    static String tick(double number, Locale language) {
        BigDecimal rounded =
                BigDecimal.valueOf(number).setScale(4, RoundingMode.HALF_UP).stripTrailingZeros();
        return decimal(number, Math.max(0, rounded.scale()), language);
    }

    private static boolean isFrench(Locale language) {
        return "fr".equals(language.getLanguage());
    }
}
