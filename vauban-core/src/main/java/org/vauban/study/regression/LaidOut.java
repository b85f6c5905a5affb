package org.vauban.study.regression;

/**
 * Covariates centred and divided by their mean absolute deviation, so that sums over years squared and over yes and no lose no digits
 * to each other; with the way back to the caller's units.
 */
final class LaidOut {
    private final int rows;
    private final int terms;
    private final double[] values;
    private final double[] centre;
    private final double[] scale;

    LaidOut(ModelRows model) {
        this.rows = model.rows();
        this.terms = model.terms().size();
        this.values = new double[rows * terms];
        this.centre = new double[terms];
        this.scale = new double[terms];
        scale[0] = 1;
        for (int row = 0; row < rows; row++) {
            values[row * terms] = 1;
        }
        for (int term = 1; term < terms; term++) {
            double mean = 0;
            for (int row = 0; row < rows; row++) {
                mean += model.value(term, row) / rows;
            }
            double deviation = 0;
            for (int row = 0; row < rows; row++) {
                deviation += Math.abs(model.value(term, row) - mean) / rows;
            }
            centre[term] = mean;
            scale[term] = deviation > 1e-13 * Math.abs(mean) ? deviation : 0;
            for (int row = 0; row < rows; row++) {
                values[row * terms + term] = scale[term] == 0 ? 0 : (model.value(term, row) - mean) / scale[term];
            }
        }
    }

    int rows() {
        return rows;
    }

    int terms() {
        return terms;
    }

    double value(int row, int term) {
        return values[row * terms + term];
    }

    /** A row's predictor without its offset. */
    double predictor(int row, double[] coefficients) {
        double sum = 0;
        for (int term = 0; term < terms; term++) {
            sum += values[row * terms + term] * coefficients[term];
        }
        return sum;
    }

    /** The sum over rows of a factor times the row times itself. */
    double[][] squares(double[] factor) {
        double[][] sum = new double[terms][terms];
        for (int row = 0; row < rows; row++) {
            int from = row * terms;
            for (int left = 0; left < terms; left++) {
                double product = factor[row] * values[from + left];
                for (int right = 0; right <= left; right++) {
                    sum[left][right] += product * values[from + right];
                }
            }
        }
        for (int left = 0; left < terms; left++) {
            for (int right = left + 1; right < terms; right++) {
                sum[left][right] = sum[right][left];
            }
        }
        return sum;
    }

    /** Coefficients for the caller's columns. */
    double[] back(double[] coefficients) {
        double[] back = coefficients.clone();
        for (int term = 1; term < terms; term++) {
            back[term] /= scale[term];
            back[0] -= back[term] * centre[term];
        }
        return back;
    }

    /** A covariance of coefficients, for those of the caller's columns. */
    double[][] back(double[][] covariance) {
        double[][] half = new double[terms][];
        for (int row = 0; row < terms; row++) {
            half[row] = back(covariance[row]);
        }
        double[][] back = new double[terms][terms];
        for (int column = 0; column < terms; column++) {
            double[] one = new double[terms];
            for (int row = 0; row < terms; row++) {
                one[row] = half[row][column];
            }
            one = back(one);
            for (int row = 0; row < terms; row++) {
                back[row][column] = one[row];
            }
        }
        return back;
    }
}
