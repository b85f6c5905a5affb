package org.vauban.study.synthesis;

/**
 * How strong an unmeasured confounder would have to be, on the risk ratio scale and with both treatment and outcome, to explain an
 * estimate away (VanderWeele and Ding 2017).
 *
 * @param riskRatio the estimate on the scale of risk ratios
 * @param ofEstimate the E-value of the estimate
 * @param ofInterval that of the interval's limit nearer to 1; 1 when the interval holds it
 */
public record EValue(double riskRatio, double ofEstimate, double ofInterval) {

    /** What kind of ratio an estimate is: with a common outcome, odds and hazards are further from 1 than risks are. */
    public enum Measure {
        RISK_RATIO,
        ODDS_RATIO_RARE,
        /** Taken as a risk ratio by its square root. */
        ODDS_RATIO_COMMON,
        HAZARD_RATIO_RARE,
        /** Taken as a risk ratio by VanderWeele's formula (2017) for an outcome of more than 15 %. */
        HAZARD_RATIO_COMMON;

        double riskRatio(double ratio) {
            return switch (this) {
                case RISK_RATIO, ODDS_RATIO_RARE, HAZARD_RATIO_RARE -> ratio;
                case ODDS_RATIO_COMMON -> Math.sqrt(ratio);
                case HAZARD_RATIO_COMMON ->
                    (1 - Math.pow(0.5, Math.sqrt(ratio))) / (1 - Math.pow(0.5, Math.sqrt(1 / ratio)));
            };
        }
    }

    /** The E-values of an estimate with its limits, all above 0. */
    public static EValue of(Measure measure, double estimate, double lower, double upper) {
        if (!(estimate > 0 && lower > 0 && lower <= estimate && estimate <= upper)) {
            throw new IllegalArgumentException("A ratio is above 0 and lies between its limits");
        }
        double ratio = measure.riskRatio(estimate);
        double nearer = estimate >= 1 ? measure.riskRatio(lower) : measure.riskRatio(upper);
        boolean holdsOne = lower <= 1 && upper >= 1;
        return new EValue(ratio, of(ratio), holdsOne ? 1 : of(nearer));
    }

    private static double of(double riskRatio) {
        double away = riskRatio >= 1 ? riskRatio : 1 / riskRatio;
        return away + Math.sqrt(away * (away - 1));
    }
}
