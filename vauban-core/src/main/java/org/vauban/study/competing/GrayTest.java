package org.vauban.study.competing;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.vauban.study.matrix.PositiveMatrix;

/**
 * Gray's test whether groups have the same cumulative incidence of a cause (Gray 1988, Annals of Statistics 16:1141; R's
 * {@code cmprsk::cuminc}).
 *
 * <p>It is the log-rank test with those at risk replaced by those who have not had this cause: in group {@code j} the number
 * {@code R = Y (1 - F) / S}, with {@code Y} at risk, {@code F} the incidence of the cause and {@code S} the share still there, both
 * just before the time. For the variance, all groups share one incidence {@code F0}, which rises by the events over the sum of
 * {@code h = Y / S}.
 *
 * <p>An event moves a group's incidence from then on, and through it all later differences. With {@code d = h (1 - F0) (own - h / sum
 * of h)} over {@code 1 - F0} as the weight of a difference, and {@code c} its integral over the hazard of {@code F0}, an event of the
 * cause at {@code t} moves the statistic by {@code d + (1 - (1 - F0) / S) (c(end) - c(t))}, and any other event by
 * {@code -(1 - F0) / S (c(end) - c(t))}; each has variance {@code dF / h}. Tied events take the hypergeometric variance's factor.
 */
public final class GrayTest {
    private final double[] time;
    private final int groups;
    private final double[][] atRisk;
    private final double[][] events;
    private final double[][] others;
    private final double[][] there;
    private final double[][] thereBefore;
    private final double[][] freeOfCauseBefore;

    private GrayTest(CompetingTimes times, int[] place, int groups, int cause) {
        this.time = times.distinctTimes();
        this.groups = groups;
        this.atRisk = new double[groups][time.length];
        this.events = new double[groups][time.length];
        this.others = new double[groups][time.length];
        this.there = new double[groups][time.length];
        this.thereBefore = new double[groups][time.length];
        this.freeOfCauseBefore = new double[groups][time.length];
        for (int row = 0; row < times.rows(); row++) {
            int at = Arrays.binarySearch(time, times.time()[row]);
            int group = place[row];
            atRisk[group][at]++;
            if (times.cause()[row] == cause) {
                events[group][at]++;
            } else if (times.cause()[row] > 0) {
                others[group][at]++;
            }
        }
        for (int group = 0; group < groups; group++) {
            follow(group);
        }
    }

    private void follow(int group) {
        for (int at = time.length - 2; at >= 0; at--) {
            atRisk[group][at] += atRisk[group][at + 1];
        }
        double staying = 1;
        double incidence = 0;
        for (int at = 0; at < time.length && atRisk[group][at] > 0; at++) {
            thereBefore[group][at] = staying;
            freeOfCauseBefore[group][at] = 1 - incidence;
            incidence += staying * events[group][at] / atRisk[group][at];
            staying *= 1 - (events[group][at] + others[group][at]) / atRisk[group][at];
            there[group][at] = staying;
        }
    }

    /** A test's answer. */
    public record Result(double chiSquared, int degreesOfFreedom) {
        public double p() {
            return ChiSquaredDistribution.of(degreesOfFreedom).survivalProbability(chiSquared);
        }
    }

    /** Compares the groups' incidence of one cause. There are two groups at least. */
    public static Result test(CompetingTimes times, int[] group, int cause) {
        int[] distinct = Arrays.stream(group).sorted().distinct().toArray();
        if (group.length != times.rows() || distinct.length < 2) {
            throw new IllegalArgumentException("Each row has one group, and there are two groups at least");
        }
        int[] place = IntStream.of(group)
                .map(each -> Arrays.binarySearch(distinct, each))
                .toArray();
        return new GrayTest(times, place, distinct.length, cause).compare();
    }

    private Result compare() {
        int freedom = groups - 1;
        double[] difference = new double[freedom];
        double[][] covariance = new double[freedom][freedom];
        for (int at = 0; at < time.length; at++) {
            double all = 0;
            double having = 0;
            for (int group = 0; group < groups; group++) {
                all += notHaving(group, at);
                having += events[group][at];
            }
            for (int group = 0; group < freedom && having > 0; group++) {
                difference[group] += events[group][at] - having * notHaving(group, at) / all;
            }
        }
        double[] pooled = pooledSteps();
        for (int mover = 0; mover < groups; mover++) {
            addMoves(mover, pooled, covariance);
        }
        double chiSquared = PositiveMatrix.of(covariance)
                .map(matrix -> matrix.squaredLength(difference))
                .orElse(Double.NaN);
        return new Result(chiSquared, freedom);
    }

    /** Those of a group who have not had the cause, whether still there or gone otherwise. */
    private double notHaving(int group, int at) {
        return inflated(group, at) * freeOfCauseBefore[group][at];
    }

    /** The number at risk over the share still there; 0 when nobody is. */
    private double inflated(int group, int at) {
        return atRisk[group][at] == 0 ? 0 : atRisk[group][at] / thereBefore[group][at];
    }

    private double inflated(int at) {
        double sum = 0;
        for (int group = 0; group < groups; group++) {
            sum += inflated(group, at);
        }
        return sum;
    }

    /** The steps of the incidence that all groups share. */
    private double[] pooledSteps() {
        double[] steps = new double[time.length];
        for (int at = 0; at < time.length; at++) {
            double having = 0;
            for (int group = 0; group < groups; group++) {
                having += events[group][at];
            }
            steps[at] = having == 0 ? 0 : having / inflated(at);
        }
        return steps;
    }

    /** Adds the variance that the events of one group give to all differences. */
    private void addMoves(int mover, double[] pooled, double[][] covariance) {
        int freedom = groups - 1;
        double[][] weight = new double[freedom][time.length];
        double[][] integral = new double[freedom][time.length];
        double[] freeAfter = new double[time.length];
        double before = 1;
        for (int at = 0; at < time.length; at++) {
            double all = inflated(at);
            freeAfter[at] = before - pooled[at];
            for (int group = 0; group < freedom; group++) {
                double own = (group == mover ? 1 : 0) - inflated(mover, at) / all;
                weight[group][at] = inflated(group, at) * own;
                integral[group][at] = (at == 0 ? 0 : integral[group][at - 1]) + weight[group][at] * pooled[at] / before;
            }
            before = freeAfter[at];
        }
        for (int at = 0; at < time.length && atRisk[mover][at] > 0; at++) {
            double share = there[mover][at] == 0 ? 0 : freeAfter[at] / there[mover][at];
            double ofCause = pooled[at] / inflated(mover, at) * tied(mover, at);
            double ofOthers = thereBefore[mover][at] * others[mover][at] / atRisk[mover][at] / inflated(mover, at);
            if (others[mover][at] > 1) {
                ofOthers *= 1 - (others[mover][at] - 1) / (atRisk[mover][at] - 1);
            }
            for (int left = 0; left < freedom; left++) {
                double leftAhead = integral[left][time.length - 1] - integral[left][at];
                for (int right = 0; right < freedom; right++) {
                    double rightAhead = integral[right][time.length - 1] - integral[right][at];
                    covariance[left][right] += (weight[left][at] + (1 - share) * leftAhead)
                            * (weight[right][at] + (1 - share) * rightAhead)
                            * ofCause;
                    covariance[left][right] += share * leftAhead * share * rightAhead * ofOthers;
                }
            }
        }
    }

    /** The factor of tied events of the cause: their number is that of all groups, out of all as this group's share counts them. */
    private double tied(int mover, int at) {
        double having = 0;
        for (int group = 0; group < groups; group++) {
            having += events[group][at];
        }
        return having <= 1 ? 1 : 1 - (having - 1) / (inflated(at) * thereBefore[mover][at] - 1);
    }
}
