import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the summaries of several seeds say together about the study's estimator. Started by {@code tools/ten-seeds}. */
final class SeedFigures {
    private SeedFigures() {}

    /** One demonstration: released estimates, the planted truth, and the same study on perfect data. */
    private record Run(JsonNode summary) {
        private double figure(String name) {
            return summary.path("study").path(name).asDouble(Double.NaN);
        }

        private double perfect() {
            return summary.path("study")
                    .path("perfect")
                    .path("adjusted")
                    .path("estimate")
                    .asDouble(Double.NaN);
        }

        boolean covers() {
            return figure("ci_low") <= figure("truth") && figure("truth") <= figure("ci_high");
        }

        boolean crudeMisses() {
            return figure("crude_ci_low") > figure("truth") || figure("crude_ci_high") < figure("truth");
        }

        double bias() {
            return Math.log(figure("estimate") / figure("truth"));
        }

        double biasOfPipeline() {
            return Math.log(figure("estimate") / perfect());
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%8d  %6.4f (%6.4f to %6.4f) %-6s  %6.4f (%6.4f to %6.4f) %-6s  %6.4f  %6.4f  %+7.4f",
                    summary.path("persons").asLong(),
                    figure("estimate"),
                    figure("ci_low"),
                    figure("ci_high"),
                    covers() ? "covers" : "misses",
                    figure("crude"),
                    figure("crude_ci_low"),
                    figure("crude_ci_high"),
                    crudeMisses() ? "misses" : "covers",
                    figure("se_log"),
                    perfect(),
                    biasOfPipeline());
        }
    }

    public static void main(String[] files) {
        JsonMapper json = JsonMapper.builder().build();
        List<Run> runs = Arrays.stream(files)
                .map(file -> new Run(json.readTree(new File(file))))
                .toList();
        System.out.println(
                " persons  adjusted (95 %)                    crude (95 %)                       se_log  perfect  of"
                        + " pipeline");
        runs.forEach(run -> System.out.println(run.line()));
        long covering = runs.stream().filter(Run::covers).count();
        long missing = runs.stream().filter(Run::crudeMisses).count();
        double bias = mean(runs.stream().mapToDouble(Run::bias));
        double error = median(runs.stream().mapToDouble(run -> run.figure("se_log")));
        // The claims are for ten seeds; with fewer the same share is asked for.
        double share = 0.8 * runs.size();
        boolean held =
                claim(covering >= share, "the adjusted interval covers the truth", covering + " of " + runs.size())
                        & claim(missing >= share, "the crude interval misses it", missing + " of " + runs.size())
                        & claim(Math.abs(bias) <= 0.05, "mean bias of the log hazard ratio at most 0.05", four(bias))
                        & claim(error <= 0.15, "median standard error at most 0.15", four(error));
        System.out.println("pipeline's own bias, log hazard ratio against perfect data: mean "
                + four(mean(runs.stream().mapToDouble(Run::biasOfPipeline)))
                + ", largest "
                + four(runs.stream()
                        .mapToDouble(Run::biasOfPipeline)
                        .map(Math::abs)
                        .max()
                        .orElse(Double.NaN)));
        System.exit(held ? 0 : 1);
    }

    /** A figure that is not a number fails its claim, because every comparison with it is false. */
    private static boolean claim(boolean held, String sentence, String found) {
        System.out.println((held ? "held    " : "FAILED  ") + sentence + ": " + found);
        return held;
    }

    private static double mean(DoubleStream values) {
        return values.average().orElse(Double.NaN);
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static String four(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
