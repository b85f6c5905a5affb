package org.vauban.study.regularised;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Lasso, ridge and elastic net. The objective stands in the package's description. */
public final class RegularisedRegression {
    private final SparseColumns columns;
    private final Loss loss;

    private RegularisedRegression(SparseColumns columns, Loss loss) {
        if (columns.rows() != loss.rows()) {
            throw new IllegalArgumentException("Each row has one outcome");
        }
        this.columns = columns;
        this.loss = loss;
    }

    /** Logistic regression of a yes or no. */
    public static RegularisedRegression logistic(SparseColumns columns, boolean[] outcome) {
        return new RegularisedRegression(columns, new LogisticLoss(outcome.clone()));
    }

    /** Cox regression with Breslow's ties. */
    public static RegularisedRegression cox(SparseColumns columns, double[] time, boolean[] event) {
        return new RegularisedRegression(columns, new CoxLoss(time.clone(), event.clone()));
    }

    public RegularisedFit fit(Penalty penalty) {
        return new CoordinateDescent(columns, loss).solve(penalty);
    }

    /** Fits several lambdas, the largest first, each from the one before; answers are in the order asked. */
    public List<RegularisedFit> path(double[] lambdas, double alpha, boolean standardised) {
        var descent = new CoordinateDescent(columns, loss);
        RegularisedFit[] fits = new RegularisedFit[lambdas.length];
        falling(lambdas)
                .forEach(index -> fits[index] = descent.solve(new Penalty(lambdas[index], alpha, standardised)));
        return List.of(fits);
    }

    private static List<Integer> falling(double[] lambdas) {
        return IntStream.range(0, lambdas.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer index) -> lambdas[index])
                        .reversed())
                .toList();
    }

    /** Lambdas in equal steps of the logarithm, from the smallest that leaves no column in the model down to a share of it. */
    public double[] lambdas(int number, double smallestShare, double alpha, boolean standardised) {
        double largest = new CoordinateDescent(columns, loss).lambdaMax(alpha, standardised);
        return IntStream.range(0, number)
                .mapToDouble(index -> largest * Math.pow(smallestShare, index / Math.max(1.0, number - 1.0)))
                .toArray();
    }

    /**
     * What cross-validation found.
     *
     * @param loss for each lambda asked, minus the log-likelihood per row that was left out
     * @param best the index of the smallest
     */
    public record CrossValidation(List<Double> lambdas, List<Double> loss, int best) {}

    /**
     * Leaves out one fold after the other and predicts it from the rest.
     *
     * @param folds how many parts the rows are dealt into
     * @param seed fixes the deal: the same seed, the same answer
     */
    public CrossValidation crossValidate(double[] lambdas, double alpha, boolean standardised, int folds, long seed) {
        int[] fold = deal(columns.rows(), folds, seed);
        double[] sum = new double[lambdas.length];
        for (int out = 0; out < folds; out++) {
            int left = out;
            int[] inside = IntStream.range(0, fold.length)
                    .filter(row -> fold[row] != left)
                    .toArray();
            int[] outside = IntStream.range(0, fold.length)
                    .filter(row -> fold[row] == left)
                    .toArray();
            var rest = new RegularisedRegression(columns.where(inside), loss.where(inside));
            List<RegularisedFit> fits = rest.path(lambdas, alpha, standardised);
            SparseColumns unseen = columns.where(outside);
            Loss unseenLoss = loss.where(outside);
            for (int index = 0; index < lambdas.length; index++) {
                double value = unseenLoss.value(fits.get(index).predictors(unseen));
                sum[index] += value * outside.length / fold.length;
            }
        }
        int best = IntStream.range(0, sum.length)
                .boxed()
                .min(Comparator.comparingDouble(index -> sum[index]))
                .orElseThrow();
        return new CrossValidation(
                Arrays.stream(lambdas).boxed().toList(),
                Arrays.stream(sum).boxed().toList(),
                best);
    }

    /** Folds of equal size in a shuffled order. */
    private static int[] deal(int rows, int folds, long seed) {
        var random = new SplittableRandom(seed);
        int[] fold = IntStream.range(0, rows).map(row -> row % folds).toArray();
        for (int row = rows - 1; row > 0; row--) {
            int other = random.nextInt(row + 1);
            int kept = fold[row];
            fold[row] = fold[other];
            fold[other] = kept;
        }
        return fold;
    }
}
