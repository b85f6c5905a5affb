package org.vauban.app.laboratory;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.CohortResult;
import org.vauban.cohort.CohortResults;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.ingest.CdmFolder;
import org.vauban.trajectory.InMemoryTrajectorySource;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.TrajectorySource;

/**
 * What cohorts cost on a folder, in seconds of processor: all definitions in one pass over events that are in memory, and single ones,
 * each read and evaluated alone.
 *
 * @param definitions how many definitions
 * @param persons how many persons the folder has events of
 * @param warm one pass for all, on one thread, when the virtual machine has nothing left to compile: the median of the rounds
 * @param all reading what all definitions need, and one pass
 * @param medianOne reading what one definition needs, and its pass: the median of {@code ones} definitions, spread over all by their
 *     cost in the pass
 * @param ones so many definitions were run alone
 */
public record CohortBench(int definitions, int persons, double warm, double all, double medianOne, int ones) {
    /** Warm is when the virtual machine compiles no more than this in a round, or after so many rounds. */
    private static final long COMPILING_MILLISECONDS_MAX = 10;

    private static final int ROUNDS_TO_WARM_UP_MAX = 60;
    private static final double NANOSECONDS_IN_A_SECOND = 1e9;

    /** Measures on a folder that the caller holds in plain. */
    public static CohortBench on(Path folder, List<CohortDefinition> definitions, int rounds, int ones) {
        try (var source = CdmFolder.open(folder).laboratory()) {
            var evaluator = new CompiledEvaluator(System::nanoTime, 1);
            var inMemory = inMemory(source, needs(definitions));
            CohortResults results = warmUp(evaluator, definitions, inMemory);
            double warm = median(IntStream.range(0, rounds)
                    .mapToObj(_ -> pass(evaluator, definitions, inMemory))
                    .toList());
            double all = readAndEvaluate(folder, evaluator, definitions);
            double one = median(spread(definitions, results, ones).stream()
                    .map(definition -> readAndEvaluate(folder, evaluator, List.of(definition)))
                    .toList());
            return new CohortBench(
                    definitions.size(), persons(inMemory), warm, all, one, Math.min(ones, definitions.size()));
        }
    }

    /**
     * What a person of a larger folder costs in a pass, in times of one of a smaller folder. Both folders' events are in memory, and in
     * each round as many persons of either are passed, by turns, so that a machine whose speed changes changes it for both.
     */
    public static double growth(Path smaller, Path larger, List<CohortDefinition> definitions, int rounds) {
        try (var few = CdmFolder.open(smaller).laboratory();
                var many = CdmFolder.open(larger).laboratory()) {
            var evaluator = new CompiledEvaluator(System::nanoTime, 1);
            var small = inMemory(few, needs(definitions));
            var large = inMemory(many, needs(definitions));
            int times = Math.max(1, Math.round((float) persons(large) / persons(small)));
            warmUp(evaluator, definitions, small);
            warmUp(evaluator, definitions, large);
            double smallSeconds = 0;
            double largeSeconds = 0;
            for (int round = 0; round < rounds; round++) {
                for (int time = 0; time < times; time++) {
                    smallSeconds += pass(evaluator, definitions, small);
                }
                largeSeconds += pass(evaluator, definitions, large);
            }
            return (largeSeconds / persons(large)) / (smallSeconds / times / persons(small));
        }
    }

    private static InMemoryTrajectorySource inMemory(TrajectorySource source, Needs needs) {
        return new InMemoryTrajectorySource(
                IntStream.range(0, source.buckets())
                        .mapToObj(bucket -> source.read(bucket, needs))
                        .toList(),
                source.vocabulary());
    }

    private static int persons(InMemoryTrajectorySource source) {
        return IntStream.range(0, source.buckets())
                .map(bucket -> source.read(bucket, Needs.none()).persons().size())
                .sum();
    }

    private static double pass(
            CohortEvaluator evaluator, List<CohortDefinition> definitions, InMemoryTrajectorySource source) {
        return seconds(() -> evaluator.evaluate(definitions, source, EvaluationProgress.SILENT));
    }

    private static CohortResults warmUp(
            CohortEvaluator evaluator, List<CohortDefinition> definitions, InMemoryTrajectorySource source) {
        CohortResults results;
        int rounds = 0;
        long compiling;
        do {
            long before = compiling();
            results = evaluator.evaluate(definitions, source, EvaluationProgress.SILENT);
            compiling = compiling() - before;
        } while (compiling > COMPILING_MILLISECONDS_MAX && ++rounds < ROUNDS_TO_WARM_UP_MAX);
        return results;
    }

    private static double readAndEvaluate(Path folder, CohortEvaluator evaluator, List<CohortDefinition> definitions) {
        return seconds(() -> {
            try (var source = CdmFolder.open(folder).laboratory()) {
                evaluator.evaluate(definitions, source, EvaluationProgress.SILENT);
            }
        });
    }

    /** So many definitions, from the cheapest to the dearest in even steps. */
    private static List<CohortDefinition> spread(
            List<CohortDefinition> definitions, CohortResults results, int wanted) {
        List<Integer> byCost = IntStream.range(0, definitions.size())
                .boxed()
                .sorted(Comparator.comparingDouble(place -> cost(results.result(place))))
                .toList();
        int steps = Math.min(wanted, byCost.size());
        return IntStream.range(0, steps)
                .mapToObj(step -> definitions.get(byCost.get((int) ((step + 0.5) * byCost.size() / steps))))
                .toList();
    }

    private static double cost(CohortResult result) {
        return result.milliseconds();
    }

    private static Needs needs(List<CohortDefinition> definitions) {
        return Needs.all(definitions.stream().map(CohortDefinition::needs).toList());
    }

    /** Milliseconds that the virtual machine has compiled so far. */
    private static long compiling() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }

    /** Of the whole process: reading has threads of its own. */
    private static double seconds(Runnable work) {
        var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = machine.getProcessCpuTime();
        work.run();
        return (machine.getProcessCpuTime() - before) / NANOSECONDS_IN_A_SECOND;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        sorted.sort(Comparator.naturalOrder());
        return sorted.get(sorted.size() / 2);
    }
}
