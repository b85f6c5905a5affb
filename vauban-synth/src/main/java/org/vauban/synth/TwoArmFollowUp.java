package org.vauban.synth;

import org.vauban.synth.PlantedModel.Treatment;

/**
 * Follow-up of two arms counted by day, and the hazard ratio of a Cox regression on the arm alone.
 *
 * <p>One covariate with two values makes the partial likelihood a function of the events and the persons at risk of each arm
 * on each day, so that memory does not grow with persons. Counts may be fractions: expected counts give the value that
 * the regression tends to in an endless population. Ties are Breslow's; the days are short against the hazards.
 */
final class TwoArmFollowUp {
    private static final int MOST_DAYS = 4096;
    private static final double PRECISION = 1e-10;

    private final Days target = new Days();
    private final Days comparator = new Days();

    /** Counts one person who is at risk for {@code days} days and on the last of them has the event or not. */
    void add(Treatment arm, int days, boolean event) {
        Days counted = of(arm);
        for (int day = 0; day < days; day++) {
            counted.atRisk[day]++;
        }
        if (event) {
            counted.events[days - 1]++;
        }
    }

    /** Counts what is expected of persons with a constant hazard who are followed for {@code days} days at most. */
    void addExpected(Treatment arm, double persons, double dailyHazard, int days) {
        Days counted = of(arm);
        double staying = StrictMath.exp(-dailyHazard);
        double left = persons;
        for (int day = 0; day < days; day++) {
            counted.atRisk[day] += left;
            counted.events[day] += left * (1 - staying);
            left *= staying;
        }
    }

    double events(Treatment arm) {
        double total = 0;
        for (double ofDay : of(arm).events) {
            total += ofDay;
        }
        return total;
    }

    /** The hazard of the target arm over that of the comparator; not a number if either arm has no event. */
    double hazardRatio() {
        if (events(Treatment.TARGET) == 0 || events(Treatment.COMPARATOR) == 0) {
            return Double.NaN;
        }
        double logRatio = 0;
        for (int step = 0; step < 50; step++) {
            Slope slope = slope(logRatio);
            double change = slope.score() / slope.information();
            logRatio += Math.clamp(change, -1, 1);
            if (Math.abs(change) < PRECISION) {
                return StrictMath.exp(logRatio);
            }
        }
        throw new ArithmeticException("the hazard ratio did not settle in 50 Newton steps");
    }

    private Slope slope(double logRatio) {
        double score = 0;
        double information = 0;
        for (int day = 0; day < MOST_DAYS; day++) {
            double all = target.events[day] + comparator.events[day];
            if (all > 0) {
                double weight = target.atRisk[day] * StrictMath.exp(logRatio);
                double share = weight / (weight + comparator.atRisk[day]);
                score += target.events[day] - all * share;
                information += all * share * (1 - share);
            }
        }
        return new Slope(score, information);
    }

    private Days of(Treatment arm) {
        return switch (arm) {
            case TARGET -> target;
            case COMPARATOR -> comparator;
        };
    }

    private record Slope(double score, double information) {}

    /** Events and persons at risk of one arm, by day of follow-up. */
    private static final class Days {
        private final double[] events = new double[MOST_DAYS];
        private final double[] atRisk = new double[MOST_DAYS];
    }
}
