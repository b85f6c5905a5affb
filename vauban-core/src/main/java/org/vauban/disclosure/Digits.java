package org.vauban.disclosure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Cuts numbers to few significant digits: a double carries 52 bits, and the last ones can tell about a person. */
final class Digits {
    private static final MathContext FOUR = new MathContext(4, RoundingMode.HALF_EVEN);
    private static final MathContext THREE = new MathContext(3, RoundingMode.HALF_EVEN);
    private static final MathContext TWO = new MathContext(2, RoundingMode.HALF_EVEN);

    private Digits() {}

    static double four(double value) {
        return new BigDecimal(value).round(FOUR).doubleValue();
    }

    static double three(double value) {
        return new BigDecimal(value).round(THREE).doubleValue();
    }

    static double two(double value) {
        return new BigDecimal(value).round(TWO).doubleValue();
    }

    /** Two digits behind the point, for shares and differences; what is not a number stays so. */
    static double decimals(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN).doubleValue()
                : value;
    }
}
