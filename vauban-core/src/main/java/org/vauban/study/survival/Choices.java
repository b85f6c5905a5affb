package org.vauban.study.survival;

/**
 * The sum, over all ways to choose so many rows among those at risk, of the product of their relative hazards, with its first and
 * second derivatives by the coefficients. Rows are added one at a time (Gail, Lubin and Rubinstein 1981), so that the work grows with
 * rows times events and not with the number of ways.
 */
final class Choices {
    private final int events;
    private final int covariates;
    private final double unit;
    private final double[] sum;
    private final double[][] first;
    private final double[][] second;
    private int added;

    /**
     * Begins with no row.
     *
     * @param unit about the sum of all relative hazards divided by the events: measured in it, no product overflows
     */
    Choices(int events, int covariates, double unit) {
        this.events = events;
        this.covariates = covariates;
        this.unit = unit;
        this.sum = new double[events + 1];
        this.first = new double[events + 1][covariates];
        this.second = new double[events + 1][covariates * (covariates + 1) / 2];
        this.sum[0] = 1;
    }

    /** One more row that could have been chosen; its covariates begin at a place of the array. */
    void add(double relativeHazard, double[] values, int from) {
        double risk = relativeHazard / unit;
        added++;
        for (int chosen = Math.min(added, events); chosen >= 1; chosen--) {
            double[] fewerFirst = first[chosen - 1];
            double[] fewerSecond = second[chosen - 1];
            double fewer = sum[chosen - 1];
            int cell = 0;
            for (int left = 0; left < covariates; left++) {
                double value = values[from + left];
                for (int right = 0; right <= left; right++) {
                    double other = values[from + right];
                    second[chosen][cell] += risk
                            * (fewerSecond[cell]
                                    + value * fewerFirst[right]
                                    + other * fewerFirst[left]
                                    + fewer * value * other);
                    cell++;
                }
            }
            for (int left = 0; left < covariates; left++) {
                first[chosen][left] += risk * (fewerFirst[left] + fewer * values[from + left]);
            }
            sum[chosen] += risk * fewer;
        }
    }

    double logSum() {
        return Math.log(sum[events]) + events * Math.log(unit);
    }

    /** The mean over the ways of the chosen rows' sum of one covariate. */
    double mean(int covariate) {
        return first[events][covariate] / sum[events];
    }

    /** The covariance over the ways; the second covariate is not after the first. */
    double spread(int left, int right) {
        return second[events][left * (left + 1) / 2 + right] / sum[events] - mean(left) * mean(right);
    }
}
