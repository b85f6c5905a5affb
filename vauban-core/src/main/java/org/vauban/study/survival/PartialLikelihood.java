package org.vauban.study.survival;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cox's partial log-likelihood with its gradient and information, for right-censored and late-entering rows, strata, weights and
 * offsets.
 *
 * <p>Rows are sorted once by stratum and falling time and laid out row after row, so that one pass per evaluation adds each row to
 * the risk set when time comes down to its stop and takes it out again at its start. Covariates are centred and divided by their
 * mean absolute deviation: the likelihood does not change, and sums do not lose digits.
 */
final class PartialLikelihood {
    final int rows;
    final int covariates;
    private final Ties ties;
    final double[] scaled;
    private final double[] scale;
    final double[] stop;
    final double @Nullable [] start;
    final boolean[] event;
    final double[] weight;
    private final double[] offset;
    final int[] stratumEnd;
    final int[] leaving;
    private final int[] rowAt;
    private final double[] centre;

    final double[] linear;

    /** What {@link #predict} took from every linear predictor. */
    private double shift;

    PartialLikelihood(CoxData data, Ties ties) {
        if (ties == Ties.EXACT && data.weight != null) {
            throw new IllegalArgumentException("The exact likelihood counts persons; it takes no weights");
        }
        this.rows = data.rows();
        this.covariates = data.covariates();
        this.ties = ties;
        this.scaled = new double[rows * covariates];
        this.scale = new double[covariates];
        this.centre = new double[covariates];
        this.stop = new double[rows];
        this.start = data.start == null ? null : new double[rows];
        this.event = new boolean[rows];
        this.weight = new double[rows];
        this.offset = new double[rows];
        this.linear = new double[rows];
        int[] order = Orders.byStratumAndFallingTime(data.stratum, data.stop);
        this.rowAt = order;
        this.stratumEnd = new int[rows];
        for (int position = rows - 1; position >= 0; position--) {
            boolean last = position == rows - 1
                    || (data.stratum != null && data.stratum[order[position]] != data.stratum[order[position + 1]]);
            stratumEnd[position] = last ? position + 1 : stratumEnd[position + 1];
        }
        for (int position = 0; position < rows; position++) {
            int row = order[position];
            stop[position] = data.stop[row];
            event[position] = data.event[row];
            weight[position] = data.weight(row);
            offset[position] = data.offset == null ? 0 : data.offset[row];
            if (start != null && data.start != null) {
                start[position] = data.start[row];
            }
        }
        for (int covariate = 0; covariate < covariates; covariate++) {
            measure(data, covariate);
        }
        layOut(data, order);
        this.leaving = start == null ? new int[0] : leavingOrder(start);
    }

    /** Divides by this to come from a coefficient of the laid-out column to one of the caller's. Zero for a constant column. */
    double scale(int covariate) {
        return scale[covariate];
    }

    /** The mean that was taken from the caller's column before it was divided by its scale. */
    double centre(int covariate) {
        return centre[covariate];
    }

    int covariates() {
        return covariates;
    }

    Ties ties() {
        return ties;
    }

    private void measure(CoxData data, int covariate) {
        double sum = 0;
        double total = 0;
        for (int row = 0; row < rows; row++) {
            sum += data.weight(row) * data.value(covariate, row);
            total += data.weight(row);
        }
        double mean = sum / total;
        centre[covariate] = mean;
        double deviation = 0;
        for (int row = 0; row < rows; row++) {
            deviation += data.weight(row) * Math.abs(data.value(covariate, row) - mean);
        }
        scale[covariate] = deviation / total;
    }

    /** Reads the caller's columns side by side in their own order and puts each row in its place. */
    private void layOut(CoxData data, int[] order) {
        int[] place = new int[rows];
        for (int position = 0; position < rows; position++) {
            place[order[position]] = position;
        }
        for (int row = 0; row < rows; row++) {
            int from = place[row] * covariates;
            for (int covariate = 0; covariate < covariates; covariate++) {
                double divisor = scale[covariate] > 0 ? scale[covariate] : 1;
                scaled[from + covariate] = (data.value(covariate, row) - centre[covariate]) / divisor;
            }
        }
    }

    /** Positions by stratum and falling start: the order in which rows leave the risk set as time comes down. */
    private int[] leavingOrder(double[] starts) {
        return Orders.byStratumAndFallingTime(stratumEnd, starts);
    }

    /** The largest change that a step in the coefficients makes to any row's linear predictor. */
    double largestChange(double[] step) {
        double largest = 0;
        for (int row = 0; row < rows; row++) {
            double change = 0;
            for (int covariate = 0; covariate < covariates; covariate++) {
                change += scaled[row * covariates + covariate] * step[covariate];
            }
            largest = Math.max(largest, Math.abs(change));
        }
        return largest;
    }

    /** The largest absolute value in a laid-out column. */
    double largestValue(int covariate) {
        double largest = 0;
        for (int row = 0; row < rows; row++) {
            largest = Math.max(largest, Math.abs(scaled[row * covariates + covariate]));
        }
        return largest;
    }

    /** Log-likelihood, gradient and information at coefficients of the laid-out columns. */
    Evaluation at(double[] coefficients) {
        if (ties == Ties.EXACT) {
            return at(coefficients, null);
        }
        predict(coefficients);
        return new RowShares(this).evaluate();
    }

    /** Sees each denominator of the partial likelihood: one for an event time, or Efron's one for each event. */
    interface DenominatorVisitor {
        /**
         * Called stratum by stratum, in falling time.
         *
         * @param row any row of the caller in this stratum
         * @param events the weight of the events that have this denominator
         * @param shareTaken the share of the tied events' risk that is left out of it
         * @param denominator the sum of relative hazards at risk, against centred covariates
         * @param mean the risk-weighted mean of the laid-out columns; valid during the call
         * @param spread their covariance, lower triangle row by row; valid during the call
         */
        void denominator(
                int row,
                double time,
                double events,
                double shareTaken,
                double denominator,
                double[] mean,
                double[] spread);
    }

    /** The same, showing each denominator on the way. */
    void visit(double[] coefficients, DenominatorVisitor visitor) {
        if (ties == Ties.EXACT) {
            throw new IllegalStateException("The exact likelihood has no hazard and no residuals; use Efron's");
        }
        at(coefficients, visitor);
    }

    private Evaluation at(double[] coefficients, @Nullable DenominatorVisitor visitor) {
        predict(coefficients);
        var sums = new Sums(covariates, visitor);
        int position = 0;
        int nextLeaving = 0;
        while (position < rows) {
            int end = stratumEnd[position];
            int begin = position;
            sums.emptyRiskSet();
            nextLeaving = position;
            while (position < end) {
                double time = stop[position];
                sums.emptyTie();
                while (position < end && stop[position] == time) {
                    double risk = weight[position] * Math.exp(linear[position]);
                    sums.enter(position, risk);
                    if (event[position]) {
                        sums.tie(position, risk);
                    }
                    position++;
                }
                if (sums.tied > 0) {
                    nextLeaving = leave(sums, nextLeaving, end, time);
                    sums.addEvents(begin, position, time);
                }
            }
        }
        return sums.evaluation();
    }

    private int leave(Sums sums, int next, int end, double time) {
        if (start == null) {
            return next;
        }
        int position = next;
        while (position < end && start[leaving[position]] >= time) {
            int row = leaving[position];
            sums.leave(row, weight[row] * Math.exp(linear[row]));
            position++;
        }
        return position;
    }

    private void predict(double[] coefficients) {
        double largest = Blocks.of(rows)
                .mapToDouble(block -> {
                    double most = Double.NEGATIVE_INFINITY;
                    for (int row = Blocks.from(block), to = Blocks.to(block, rows); row < to; row++) {
                        double value = offset[row];
                        for (int covariate = 0; covariate < covariates; covariate++) {
                            value += scaled[row * covariates + covariate] * coefficients[covariate];
                        }
                        linear[row] = value;
                        most = Math.max(most, value);
                    }
                    return most;
                })
                .max()
                .orElse(0);
        // The likelihood does not change when all predictors move together, and no exponential overflows.
        for (int row = 0; row < rows; row++) {
            linear[row] -= largest;
        }
        shift = largest;
    }

    /** A value of the log-likelihood with its first derivatives and, negated, its second ones. Handed over, never shared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Evaluation(double logLikelihood, double[] gradient, double[][] information) {}

    /** Running sums over the risk set and over the events of one time. */
    private final class Sums {
        private double logLikelihood;
        private final double[] gradient;
        private final double[][] information;

        private double risk;
        private final double[] riskFirst;
        private final double[] riskSecond;

        private int tied;
        private double tiedWeight;
        private double tiedRisk;
        private final double[] tiedRiskFirst;
        private final double[] tiedRiskSecond;

        private final double[] mean;
        private final double[] spread;
        private final @Nullable DenominatorVisitor visitor;

        Sums(int size, @Nullable DenominatorVisitor visitor) {
            this.visitor = visitor;
            spread = new double[size * (size + 1) / 2];
            gradient = new double[size];
            information = new double[size][size];
            riskFirst = new double[size];
            riskSecond = new double[size * (size + 1) / 2];
            tiedRiskFirst = new double[size];
            tiedRiskSecond = new double[size * (size + 1) / 2];
            mean = new double[size];
        }

        void emptyRiskSet() {
            risk = 0;
            Arrays.fill(riskFirst, 0);
            Arrays.fill(riskSecond, 0);
        }

        void emptyTie() {
            if (tied > 0) {
                tied = 0;
                tiedWeight = 0;
                tiedRisk = 0;
                Arrays.fill(tiedRiskFirst, 0);
                Arrays.fill(tiedRiskSecond, 0);
            }
        }

        void enter(int row, double rowRisk) {
            risk += rowRisk;
            accumulate(row, rowRisk, riskFirst, riskSecond);
        }

        void leave(int row, double rowRisk) {
            risk -= rowRisk;
            accumulate(row, -rowRisk, riskFirst, riskSecond);
        }

        void tie(int row, double rowRisk) {
            tied++;
            tiedWeight += weight[row];
            tiedRisk += rowRisk;
            accumulate(row, rowRisk, tiedRiskFirst, tiedRiskSecond);
            logLikelihood += weight[row] * linear[row];
            int from = row * covariates;
            for (int covariate = 0; covariate < covariates; covariate++) {
                gradient[covariate] += weight[row] * scaled[from + covariate];
            }
        }

        private void accumulate(int row, double factor, double[] first, double[] second) {
            int from = row * covariates;
            int cell = 0;
            for (int left = 0; left < covariates; left++) {
                double product = factor * scaled[from + left];
                first[left] += product;
                for (int right = 0; right <= left; right++) {
                    second[cell++] += product * scaled[from + right];
                }
            }
        }

        /**
         * Takes the denominators of one time's events: Breslow's once for all, Efron's one after the other, the exact one over all
         * choices of so many among those at risk.
         */
        void addEvents(int begin, int position, double time) {
            int row = rowAt[position - 1];
            if (ties == Ties.BRESLOW || tied == 1) {
                addDenominator(row, time, tiedWeight, 0);
            } else if (ties == Ties.EXACT) {
                addChoices(begin, position, time);
            } else {
                for (int taken = 0; taken < tied; taken++) {
                    addDenominator(row, time, tiedWeight / tied, (double) taken / tied);
                }
            }
        }

        private void addChoices(int begin, int position, double time) {
            var choices = new Choices(tied, covariates, risk / tied);
            for (int each = begin; each < position; each++) {
                if (start == null || start[each] < time) {
                    choices.add(Math.exp(linear[each]), scaled, each * covariates);
                }
            }
            logLikelihood -= choices.logSum();
            for (int left = 0; left < covariates; left++) {
                gradient[left] -= choices.mean(left);
                for (int right = 0; right <= left; right++) {
                    information[left][right] += choices.spread(left, right);
                }
            }
        }

        private void addDenominator(int row, double time, double events, double shareTaken) {
            double denominator = risk - shareTaken * tiedRisk;
            logLikelihood -= events * Math.log(denominator);
            int cell = 0;
            for (int left = 0; left < covariates; left++) {
                mean[left] = (riskFirst[left] - shareTaken * tiedRiskFirst[left]) / denominator;
                gradient[left] -= events * mean[left];
                for (int right = 0; right <= left; right++) {
                    double second = (riskSecond[cell] - shareTaken * tiedRiskSecond[cell]) / denominator;
                    spread[cell] = second - mean[left] * mean[right];
                    information[left][right] += events * spread[cell];
                    cell++;
                }
            }
            if (visitor != null) {
                visitor.denominator(row, time, events, shareTaken, denominator * Math.exp(shift), mean, spread);
            }
        }

        Evaluation evaluation() {
            for (int left = 0; left < covariates; left++) {
                for (int right = 0; right < left; right++) {
                    information[right][left] = information[left][right];
                }
            }
            return new Evaluation(logLikelihood, gradient, information);
        }
    }
}
