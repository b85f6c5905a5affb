package org.vauban.study.survival;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.vauban.study.matrix.PositiveMatrix;

/**
 * The test whether hazards are proportional: the score test for adding to each covariate its product with a function of time
 * (Grambsch and Therneau 1994 with the exact information, as R's {@code cox.zph} since survival 3.0).
 */
public final class ProportionalHazards {
    private final CoxData data;
    private final EventTimes times;

    ProportionalHazards(CoxData data, EventTimes times) {
        this.data = data;
        this.times = times;
    }

    /** The function of time against which a coefficient may move. */
    public enum TimeScale {
        /** One less the Kaplan-Meier estimate just before the time: equal weight to each event. R's default. */
        KAPLAN_MEIER,
        /** The time itself. */
        IDENTITY,
        /** The rank of the event among the events. */
        RANK,
        /** The logarithm of time. */
        LOG
    }

    /**
     * One test.
     *
     * @param term the covariate; "GLOBAL" for all together
     * @param chiSquared the statistic
     */
    public record Test(String term, double chiSquared, int degreesOfFreedom) {
        public double p() {
            return ChiSquaredDistribution.of(degreesOfFreedom).survivalProbability(chiSquared);
        }
    }

    /** A test for each covariate and one for all. */
    public List<Test> test(TimeScale scale) {
        int size = data.covariates();
        double[] score = new double[2 * size];
        double[][] information = new double[2 * size][2 * size];
        double[] events = eventTimes();
        SurvivalCurve survival = KaplanMeier.estimate(KaplanMeier.Times.of(data.stop, data.event, data.start));
        for (int stratum : strata()) {
            for (EventTimes.At at : times.of(stratum).times()) {
                double moment = moment(scale, at.time(), events, survival);
                for (int left = 0; left < size; left++) {
                    for (int right = 0; right < size; right++) {
                        double spread = at.spread(left, right);
                        information[left][right] += spread;
                        information[left][size + right] += moment * spread;
                        information[size + left][right] += moment * spread;
                        information[size + left][size + right] += moment * moment * spread;
                    }
                    score[size + left] -= moment * at.events() * at.mean(left);
                }
            }
        }
        for (int row = 0; row < data.rows(); row++) {
            if (data.event[row]) {
                double moment = moment(scale, data.stop[row], events, survival);
                for (int covariate = 0; covariate < size; covariate++) {
                    score[size + covariate] += moment * data.weight(row) * times.value(row, covariate);
                }
            }
        }
        List<Test> tests = new ArrayList<>();
        for (int covariate = 0; covariate < size; covariate++) {
            int[] kept = new int[size + 1];
            Arrays.setAll(kept, index -> index);
            kept[size] = size + covariate;
            tests.add(new Test(data.names().get(covariate), statistic(score, information, kept), 1));
        }
        int[] all = new int[2 * size];
        Arrays.setAll(all, index -> index);
        tests.add(new Test("GLOBAL", statistic(score, information, all), size));
        return List.copyOf(tests);
    }

    /** NaN when the product with time says nothing new, as with a single event time. */
    private static double statistic(double[] score, double[][] information, int[] kept) {
        double[] part = new double[kept.length];
        double[][] matrix = new double[kept.length][kept.length];
        for (int row = 0; row < kept.length; row++) {
            part[row] = score[kept[row]];
            for (int column = 0; column < kept.length; column++) {
                matrix[row][column] = information[kept[row]][kept[column]];
            }
        }
        return PositiveMatrix.of(matrix).map(each -> each.squaredLength(part)).orElse(Double.NaN);
    }

    private static double moment(TimeScale scale, double time, double[] events, SurvivalCurve survival) {
        return switch (scale) {
            case KAPLAN_MEIER -> 1 - survival.survivalBefore(time);
            case IDENTITY -> time;
            case LOG -> Math.log(time);
            case RANK -> {
                int first = 0;
                while (events[first] < time) {
                    first++;
                }
                int end = first;
                while (end < events.length && events[end] == time) {
                    end++;
                }
                yield (first + 1 + end) / 2.0;
            }
        };
    }

    private double[] eventTimes() {
        DoubleStream.Builder builder = DoubleStream.builder();
        for (int row = 0; row < data.rows(); row++) {
            if (data.event[row]) {
                builder.add(data.stop[row]);
            }
        }
        return builder.build().sorted().toArray();
    }

    private int[] strata() {
        return data.stratum == null
                ? new int[1]
                : Arrays.stream(data.stratum).distinct().toArray();
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "ProportionalHazards" + data.names();
    }
}
