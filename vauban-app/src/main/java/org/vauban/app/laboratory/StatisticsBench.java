package org.vauban.app.laboratory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.study.regularised.RegularisedFit;
import org.vauban.study.regularised.RegularisedRegression;
import org.vauban.study.regularised.SparseColumns;
import org.vauban.study.survival.CoxData;
import org.vauban.study.survival.CoxFit;
import org.vauban.study.survival.CoxRegression;
import org.vauban.study.survival.Ties;

/**
 * What two regressions cost on made rows, always the same, beside R on the same machine in the same run, where R is there. Ours use
 * all processors, R's use one.
 */
public final class StatisticsBench {
    /** Of the Cox regression. */
    public static final int COVARIATES = 20;

    /** What {@code beside.R} ends with where a package is missing. */
    private static final int PACKAGE_MISSING = 3;

    private static final int RUNS = 3;
    private static final long SEED = 59;
    private static final double NANOSECONDS_IN_A_SECOND = 1e9;
    private static final double DAYS_OF_FOLLOW_UP = 3_650;
    private static final double HAZARD_A_DAY = 1 / 5_000.0;

    private StatisticsBench() {}

    /**
     * Cox regression with Efron's ties: rows by covariates.
     *
     * @param seconds the median of three fits
     * @param peer of R's {@code coxph.fit}, the median of three; empty where R or its package {@code survival} is not there
     */
    public record Cox(int rows, int covariates, double seconds, Optional<Peer> peer) {}

    /**
     * A path of lasso fits on sparse columns of ones.
     *
     * @param cells how many ones
     * @param seconds for the whole path, from the first look at the columns
     * @param residual how far the last fit is from the conditions of an optimum
     * @param peer of R's {@code glmnet} as it comes, or empty where R or its package is not there
     * @param exactPeer of {@code glmnet} asked to come as close to the optimum as it can
     */
    public record Lasso(
            int rows,
            int columns,
            int cells,
            int lambdas,
            double seconds,
            int chosen,
            double residual,
            Optional<PenalisedPeer> peer,
            Optional<PenalisedPeer> exactPeer) {}

    /**
     * What R took.
     *
     * @param difference the largest between its coefficients and ours
     */
    public record Peer(double seconds, double difference) {}

    /**
     * What R took under a penalty.
     *
     * @param objectiveAbove its objective less ours: below zero where it came closer to the optimum
     * @param difference the largest between its coefficients and ours
     */
    public record PenalisedPeer(double seconds, double objectiveAbove, double difference) {}

    /** Fits so many rows, in memory, and once more in R. */
    public static Cox cox(int rows, int covariates) {
        var random = new SplittableRandom(SEED);
        double[][] columns = new double[covariates][rows];
        double[] stop = new double[rows];
        boolean[] event = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            double predictor = 0;
            for (int column = 0; column < covariates; column++) {
                columns[column][row] = column % 2 == 0 ? (random.nextDouble() < 0.3 ? 1 : 0) : random.nextGaussian();
                predictor += columns[column][row] * (column - covariates / 2.0) / (2 * covariates);
            }
            double time = -Math.log(1 - random.nextDouble()) / (HAZARD_A_DAY * Math.exp(predictor));
            double censored = DAYS_OF_FOLLOW_UP * random.nextDouble();
            event[row] = time <= censored;
            stop[row] = Math.ceil(Math.min(time, censored)) + 1;
        }
        CoxData data = CoxData.of(stop, event);
        for (int column = 0; column < covariates; column++) {
            data = data.covariate("x" + column, columns[column]);
        }
        CoxData all = data;
        double[] seconds = new double[RUNS];
        double[] coefficients = new double[0];
        for (int run = 0; run < RUNS; run++) {
            long begun = System.nanoTime();
            if (!(CoxRegression.fit(all, Ties.EFRON) instanceof CoxFit fit)) {
                throw new IllegalStateException("Made rows have an estimate");
            }
            seconds[run] = since(begun);
            coefficients =
                    IntStream.range(0, covariates).mapToDouble(fit::coefficient).toArray();
        }
        Optional<List<Fit>> peer = beside("cox", folder -> {
            Files.writeString(folder.resolve("sizes.txt"), rows + " " + covariates);
            write(folder.resolve("columns.bin"), columns);
            write(folder.resolve("time.bin"), stop);
            write(folder.resolve("event.bin"), ones(event));
        });
        double[] ours = coefficients;
        return new Cox(
                rows,
                covariates,
                median(seconds),
                peer.map(fits -> new Peer(
                        median(fits.stream().mapToDouble(Fit::seconds).toArray()),
                        difference(ours, fits.getLast().numbers()))));
    }

    /** Fits a path of so many penalties, down to a tenth of the largest that leaves a column in. */
    public static Lasso lasso(int rows, int columns, int cellsOfAColumn, int lambdas) {
        var random = new SplittableRandom(SEED);
        double[] predictor = new double[rows];
        Arrays.fill(predictor, -1);
        int[] begin = new int[columns + 1];
        int[][] rowsOf = new int[columns][];
        for (int column = 0; column < columns; column++) {
            int own = Math.max(5, (int) (cellsOfAColumn * (0.2 + 1.6 * random.nextDouble())));
            rowsOf[column] = random.ints(own, 0, rows).distinct().sorted().toArray();
            begin[column + 1] = begin[column] + rowsOf[column].length;
            double effect = column % 100 == 0 ? 2 * random.nextDouble() - 1 : 0;
            for (int row : rowsOf[column]) {
                predictor[row] += effect;
            }
        }
        int[] row = Stream.of(rowsOf).flatMapToInt(IntStream::of).toArray();
        double[] value = new double[row.length];
        Arrays.fill(value, 1);
        boolean[] outcome = new boolean[rows];
        for (int each = 0; each < rows; each++) {
            outcome[each] = random.nextDouble() < 1 / (1 + Math.exp(-predictor[each]));
        }
        long begun = System.nanoTime();
        SparseColumns sparse = SparseColumns.of(rows, begin, row, value);
        RegularisedRegression regression = RegularisedRegression.logistic(sparse, outcome);
        double[] path = regression.lambdas(lambdas, 0.1, 1, false);
        RegularisedFit last = regression.path(path, 1, false).getLast();
        double seconds = since(begun);
        Optional<List<Fit>> peer = beside("lasso", folder -> {
            Files.writeString(folder.resolve("sizes.txt"), rows + " " + columns + " " + row.length + " " + lambdas);
            write(folder.resolve("begin.bin"), begin);
            write(folder.resolve("row.bin"), row);
            write(folder.resolve("event.bin"), ones(outcome));
            write(folder.resolve("lambda.bin"), path);
        });
        double lambda = path[path.length - 1];
        return new Lasso(
                rows,
                columns,
                row.length,
                lambdas,
                seconds,
                last.chosen(),
                last.residual(),
                peer.map(fits -> peer(fits.getFirst(), last, sparse, outcome, lambda)),
                peer.map(fits -> peer(fits.getLast(), last, sparse, outcome, lambda)));
    }

    private static PenalisedPeer peer(
            Fit fit, RegularisedFit ours, SparseColumns columns, boolean[] outcome, double lambda) {
        double[] coefficients = Arrays.copyOfRange(fit.numbers(), 1, fit.numbers().length);
        return new PenalisedPeer(
                fit.seconds(),
                objective(fit.numbers()[0], coefficients, columns, outcome, lambda)
                        - objective(ours.intercept(), ours.coefficients(), columns, outcome, lambda),
                difference(ours.coefficients(), coefficients));
    }

    /** Minus the log-likelihood per row, plus the penalty: the same sum for both, by neither's code. */
    private static double objective(
            double intercept, double[] coefficients, SparseColumns columns, boolean[] outcome, double lambda) {
        double[] predictor = new double[outcome.length];
        Arrays.fill(predictor, intercept);
        double penalty = 0;
        for (int column = 0; column < coefficients.length; column++) {
            penalty += Math.abs(coefficients[column]);
            for (int cell = columns.begin(column); cell < columns.begin(column + 1); cell++) {
                predictor[columns.row(cell)] += coefficients[column] * columns.value(cell);
            }
        }
        double sum = 0;
        for (int row = 0; row < outcome.length; row++) {
            double towards = outcome[row] ? -predictor[row] : predictor[row];
            sum += Math.max(towards, 0) + Math.log1p(Math.exp(-Math.abs(towards)));
        }
        return sum / outcome.length + lambda * penalty;
    }

    /** Writes what R reads. */
    @FunctionalInterface
    private interface Rows {
        void into(Path folder) throws IOException;
    }

    /** A fit of R's: its seconds and its numbers. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Fit(double seconds, double[] numbers) {
        static Fit of(String line) {
            double[] values = Stream.of(line.strip().split(" +"))
                    .skip(1)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return new Fit(values[0], Arrays.copyOfRange(values, 1, values.length));
        }
    }

    /** Empty where R, or the package that it needs, is not there. The rows are made and nobody's; they lie in a folder of their own until R has read them. */
    private static Optional<List<Fit>> beside(String what, Rows rows) {
        try {
            Path folder = Files.createTempDirectory("vauban-bench");
            try {
                Path script = folder.resolve("beside.R");
                try (InputStream text = Objects.requireNonNull(StatisticsBench.class.getResourceAsStream("beside.R"))) {
                    Files.copy(text, script);
                }
                rows.into(folder);
                Optional<Process> started = start("Rscript", "--vanilla", script.toString(), folder.toString(), what);
                return started.isEmpty() ? Optional.empty() : fits(started.get());
            } finally {
                Launched.remove(folder);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Optional<Process> start(String... command) {
        try {
            return Optional.of(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException noSuchProgram) {
            return Optional.empty();
        }
    }

    private static Optional<List<Fit>> fits(Process process) throws IOException {
        List<Fit> fits = new ArrayList<>();
        try (var lines = process.inputReader().lines()) {
            lines.map(Fit::of).forEach(fits::add);
        }
        try {
            return switch (process.waitFor()) {
                case 0 -> Optional.of(fits);
                case PACKAGE_MISSING -> Optional.empty();
                default -> throw new IllegalStateException("R ended with " + process.exitValue());
            };
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw Problem.of(ProblemCode.CANCELLED).exception(stopped);
        }
    }

    private static int[] ones(boolean[] flags) {
        return IntStream.range(0, flags.length).map(row -> flags[row] ? 1 : 0).toArray();
    }

    private static void write(Path file, double[]... columns) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (double[] column : columns) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(column.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asDoubleBuffer().put(column);
                out.write(bytes.array());
            }
        }
    }

    private static void write(Path file, int[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        Files.write(file, bytes.array());
    }

    private static double difference(double[] ours, double[] theirs) {
        return IntStream.range(0, ours.length)
                .mapToDouble(index -> Math.abs(ours[index] - theirs[index]))
                .max()
                .orElse(0);
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / NANOSECONDS_IN_A_SECOND;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
