package org.vauban.study.survival;

import java.util.Arrays;

/**
 * The partial likelihood with its derivatives, where nobody asks for its denominators one by one.
 *
 * <p>A row's part in the second moments of all risk sets that it belongs to is one number: its relative hazard times the hazard that was
 * added up while it was at risk, less, under Efron's rule, what its own tie leaves out. So the information is one weighted cross product
 * of the columns, less the products of the risk sets' first moments, of which there is one for each time with an event.
 */
final class RowShares {
    private static final int ROWS_AT_A_TIME = 128;
    private static final int TILE = 3;

    private final PartialLikelihood likelihood;
    private final int rows;
    private final int covariates;
    private final double[] scaled;
    private final double[] linear;

    private final double[] share;
    private final double[] gradient;
    private final double[][] information;
    private double logLikelihood;

    private double risk;
    private final double[] first;
    private int tied;
    private double tiedWeight;
    private double tiedRisk;
    private final double[] tiedFirst;

    RowShares(PartialLikelihood likelihood) {
        this.likelihood = likelihood;
        this.rows = likelihood.rows;
        this.covariates = likelihood.covariates;
        this.scaled = likelihood.scaled;
        this.linear = likelihood.linear;
        this.share = new double[rows];
        this.gradient = new double[covariates];
        this.information = new double[covariates][covariates];
        this.first = new double[covariates];
        this.tiedFirst = new double[covariates];
    }

    /** At the linear predictors that the likelihood has now. */
    PartialLikelihood.Evaluation evaluate() {
        double[] hazards = new double[rows];
        Blocks.of(rows).forEach(block -> {
            for (int row = Blocks.from(block), to = Blocks.to(block, rows); row < to; row++) {
                hazards[row] = likelihood.weight[row] * Math.exp(linear[row]);
            }
        });
        for (int from = 0; from < rows; from = likelihood.stratumEnd[from]) {
            stratum(from, likelihood.stratumEnd[from], hazards);
        }
        addCrossProduct();
        for (int left = 0; left < covariates; left++) {
            for (int right = 0; right < left; right++) {
                information[right][left] = information[left][right];
            }
        }
        return new PartialLikelihood.Evaluation(logLikelihood, gradient, information);
    }

    /** Goes down the times of a stratum, then up again with the hazard that was added up until each. */
    private void stratum(int from, int to, double[] hazards) {
        double[] stop = likelihood.stop;
        risk = 0;
        Arrays.fill(first, 0);
        // Of each time's last position: what a row at risk has of its hazard, and what a tied one lacks of that.
        double[] added = new double[to - from];
        double[] lacking = new double[to - from];
        int leaving = from;
        for (int position = from; position < to; ) {
            double time = stop[position];
            emptyTie();
            for (; position < to && stop[position] == time; position++) {
                enter(position, hazards[position]);
            }
            if (tied > 0) {
                leaving = leave(leaving, to, time, hazards);
                addEvents(position - 1 - from, added, lacking);
            }
        }
        double hazard = 0;
        int left = to - 1;
        for (int position = to - 1; position >= from; ) {
            double time = stop[position];
            int last = position;
            // Rows that start here or later have had none of what was added up before.
            left = takeBefore(left, from, time, hazard, hazards);
            hazard += added[last - from];
            for (; position >= from && stop[position] == time; position--) {
                double own = likelihood.event[position] ? hazard - lacking[last - from] : hazard;
                share[position] += hazards[position] * own;
            }
        }
    }

    private void emptyTie() {
        if (tied > 0) {
            tied = 0;
            tiedWeight = 0;
            tiedRisk = 0;
            Arrays.fill(tiedFirst, 0);
        }
    }

    private void enter(int position, double hazard) {
        risk += hazard;
        add(position, hazard, first);
        if (likelihood.event[position]) {
            tied++;
            double weight = likelihood.weight[position];
            tiedWeight += weight;
            tiedRisk += hazard;
            add(position, hazard, tiedFirst);
            logLikelihood += weight * linear[position];
            add(position, weight, gradient);
        }
    }

    private void add(int position, double factor, double[] sums) {
        int from = position * covariates;
        for (int covariate = 0; covariate < covariates; covariate++) {
            sums[covariate] += factor * scaled[from + covariate];
        }
    }

    private int leave(int next, int to, double time, double[] hazards) {
        double[] start = likelihood.start;
        if (start == null) {
            return next;
        }
        int place = next;
        for (; place < to && start[likelihood.leaving[place]] >= time; place++) {
            int position = likelihood.leaving[place];
            risk -= hazards[position];
            add(position, -hazards[position], first);
        }
        return place;
    }

    /** Rows that start before a time, and not before an earlier one: what was added up until then is not theirs. */
    private int takeBefore(int next, int from, double time, double hazard, double[] hazards) {
        double[] start = likelihood.start;
        if (start == null) {
            return next;
        }
        int place = next;
        for (; place >= from && start[likelihood.leaving[place]] < time; place--) {
            int position = likelihood.leaving[place];
            share[position] -= hazards[position] * hazard;
        }
        return place;
    }

    /** Breslow's denominator stands for all events of a time, Efron's are one for each. */
    private void addEvents(int place, double[] added, double[] lacking) {
        int denominators = likelihood.ties() == Ties.EFRON ? tied : 1;
        double events = tiedWeight / denominators;
        double ofBoth = 0;
        double ofRisk = 0;
        double ofTied = 0;
        for (int taken = 0; taken < denominators; taken++) {
            double left = (double) taken / denominators;
            double denominator = risk - left * tiedRisk;
            logLikelihood -= events * Math.log(denominator);
            double each = events / denominator;
            added[place] += each;
            lacking[place] += each * left;
            ofRisk += each / denominator;
            ofBoth += each * left / denominator;
            ofTied += each * left * left / denominator;
        }
        for (int left = 0; left < covariates; left++) {
            gradient[left] -= added[place] * first[left] - lacking[place] * tiedFirst[left];
            double ofFirst = ofRisk * first[left] - ofBoth * tiedFirst[left];
            double ofTiedFirst = ofTied * tiedFirst[left] - ofBoth * first[left];
            double[] line = information[left];
            for (int right = 0; right <= left; right++) {
                line[right] -= ofFirst * first[right] + ofTiedFirst * tiedFirst[right];
            }
        }
    }

    private void addCrossProduct() {
        double[][] sums = Blocks.of(rows)
                .mapToObj(block -> crossProduct(Blocks.from(block), Blocks.to(block, rows)))
                .toArray(double[][]::new);
        for (double[] sum : sums) {
            for (int left = 0; left < covariates; left++) {
                for (int right = 0; right <= left; right++) {
                    information[left][right] += sum[left * covariates + right];
                }
            }
        }
    }

    private double[] crossProduct(int from, int to) {
        double[] sums = new double[covariates * covariates];
        int tiled = covariates / TILE * TILE;
        for (int begin = from; begin < to; begin += ROWS_AT_A_TIME) {
            int end = Math.min(begin + ROWS_AT_A_TIME, to);
            for (int left = 0; left < tiled; left += TILE) {
                for (int right = 0; right <= left; right += TILE) {
                    tile(begin, end, left, right, sums);
                }
            }
            for (int left = tiled; left < covariates; left++) {
                for (int right = 0; right <= left; right++) {
                    one(begin, end, left, right, sums);
                }
            }
        }
        return sums;
    }

    /** Three columns with three: as many sums as a processor keeps at hand. */
    private void tile(int from, int to, int left, int right, double[] sums) {
        double ad = 0;
        double ae = 0;
        double af = 0;
        double bd = 0;
        double be = 0;
        double bf = 0;
        double cd = 0;
        double ce = 0;
        double cf = 0;
        for (int row = from; row < to; row++) {
            double own = share[row];
            int one = row * covariates + left;
            int other = row * covariates + right;
            double a = own * scaled[one];
            double b = own * scaled[one + 1];
            double c = own * scaled[one + 2];
            double d = scaled[other];
            double e = scaled[other + 1];
            double f = scaled[other + 2];
            ad += a * d;
            ae += a * e;
            af += a * f;
            bd += b * d;
            be += b * e;
            bf += b * f;
            cd += c * d;
            ce += c * e;
            cf += c * f;
        }
        // Above the diagonal, what the tiles on it find is not read.
        int line = left * covariates + right;
        sums[line] += ad;
        sums[line + 1] += ae;
        sums[line + 2] += af;
        line += covariates;
        sums[line] += bd;
        sums[line + 1] += be;
        sums[line + 2] += bf;
        line += covariates;
        sums[line] += cd;
        sums[line + 1] += ce;
        sums[line + 2] += cf;
    }

    private void one(int from, int to, int left, int right, double[] sums) {
        double sum = 0;
        for (int row = from; row < to; row++) {
            int at = row * covariates;
            sum += share[row] * scaled[at + left] * scaled[at + right];
        }
        sums[left * covariates + right] += sum;
    }
}
