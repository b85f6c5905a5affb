package org.vauban.plot;

import java.util.List;

/**
 * Survival curves with their confidence bands and the numbers at risk beneath.
 *
 * @param id unique in its page
 * @param words title, description, language
 * @param timeAxis what the horizontal axis counts, such as {@code Days since first dispensing}
 * @param survivalAxis what the vertical axis shows, such as {@code Probability without event}
 * @param atRisk heading of the numbers, such as {@code Number at risk}
 * @param axisCut said when the vertical axis does not begin at 0, with {@code {0}} for where it begins
 * @param riskTimes ascending times of the numbers at risk; ticks of the horizontal axis as well
 * @param arms one to four curves
 */
public record KaplanMeierFigure(
        String id,
        FigureWords words,
        String timeAxis,
        String survivalAxis,
        String atRisk,
        String axisCut,
        List<Double> riskTimes,
        List<Arm> arms)
        implements Figure {
    public KaplanMeierFigure {
        riskTimes = List.copyOf(riskTimes);
        arms = List.copyOf(arms);
        if (arms.isEmpty() || arms.size() > Svg.ARMS_MAX) {
            throw new IllegalArgumentException("A figure has one to " + Svg.ARMS_MAX + " arms");
        }
        for (Arm arm : arms) {
            if (arm.atRisk().size() != riskTimes.size()) {
                throw new IllegalArgumentException("Each arm has one number at risk per time");
            }
        }
    }

    /**
     * One curve.
     *
     * @param label the arm's name
     * @param steps the curve's steps in ascending time; before the first it is 1
     * @param end until when the curve is drawn
     * @param atRisk what stands in the table at each time: a number, or the mark of a hidden one
     */
    public record Arm(String label, List<Step> steps, double end, List<String> atRisk) {
        public Arm {
            steps = List.copyOf(steps);
            atRisk = List.copyOf(atRisk);
            double before = 0;
            for (Step step : steps) {
                if (!(step.time() >= before)) {
                    throw new IllegalArgumentException("The steps of a curve ascend in time");
                }
                before = step.time();
            }
            if (!(end >= before) || !(end > 0)) {
                throw new IllegalArgumentException("A curve ends after its last step");
            }
        }
    }

    /**
     * From a time on, survival and its confidence limits; limits that do not exist are NaN.
     */
    public record Step(double time, double survival, double lower, double upper) {
        public Step {
            if (!(survival >= 0 && survival <= 1)) {
                throw new IllegalArgumentException("Survival is a probability");
            }
        }
    }

    /** Times for ticks and table that suit a follow-up in days: weeks, months, years. */
    public static List<Double> dayTicks(double longest) {
        for (double step : new double[] {1, 2, 7, 14, 30, 60, 90, 180, 365, 730, 1825, 3650}) {
            if (longest / step <= 7) {
                return Axis.multiples(0, longest, step);
            }
        }
        return Axis.multiples(0, longest, Axis.step(longest, 6));
    }
}
