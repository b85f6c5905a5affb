package org.vauban.study.synthesis;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** What so many events can show. */
public final class Power {
    private static final double TWO_SIDED = 0.05;
    private static final double POWER = 0.8;

    private Power() {}

    /**
     * The smallest ratio of hazards above 1 that a test at 5 % finds four times in five (Schoenfeld 1983).
     *
     * @param events of both arms together
     * @param share of the persons who are of the first arm
     * @return infinite without an event
     */
    public static double detectableRatio(int events, double share) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double both = normal.inverseSurvivalProbability(TWO_SIDED / 2) + normal.inverseCumulativeProbability(POWER);
        return Math.exp(both / Math.sqrt(events * share * (1 - share)));
    }
}
