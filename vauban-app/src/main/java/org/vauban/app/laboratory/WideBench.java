package org.vauban.app.laboratory;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.document.Documents;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.InMemoryTrajectorySource;
import org.vauban.trajectory.RowsBuilder;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectoriesBuilder;
import org.vauban.vocabulary.Concept;
import org.vauban.vocabulary.Vocabulary;

/**
 * What one wide cohort costs on many persons: first exposure to any of 501 of 1,000 medicines, half of all exposures, with half a year of
 * observation before it and nothing of a condition; until a gap of 30 days in the exposure or another condition. Persons and events are
 * made, always the same: about a hundred exposures and fifty conditions a person, concepts as unevenly spread as real ones.
 *
 * @param persons how many persons
 * @param events how many events they have
 * @param entries how many stays the cohort has
 * @param seconds of processor for one pass over buckets in memory, on one thread: the median of the rounds
 */
public record WideBench(int persons, long events, int entries, double seconds) {
    private static final int ROUNDS = 21;
    private static final int PERSONS_A_BUCKET = 18_750;
    private static final int CONCEPTS = 1_000;
    private static final int CONCEPTS_OF_EXPOSURE = 501;
    private static final int CONCEPTS_OF_CONDITION = 20;
    private static final int EXPOSURE = 2_000_000_001;
    private static final int CONDITION_BEFORE = 2_000_000_002;
    private static final int CONDITION_AFTER = 2_000_000_003;
    private static final int MEDICINE = 1_000_000;
    private static final int CONDITION = 2_000_000;
    private static final int FIRST_DAY = 10_957;
    private static final double NANOSECONDS_IN_A_SECOND = 1e9;

    private static final CdmColumn DRUG_END = CdmTable.DRUG_EXPOSURE.column("drug_exposure_end_date");
    private static final CdmColumn OBSERVATION_END = CdmTable.OBSERVATION_PERIOD.column("observation_period_end_date");

    /** Makes so many persons, rounded down to whole buckets, and measures. */
    public static WideBench of(int wanted) {
        CohortDefinition definition = definition();
        var random = new SplittableRandom(7);
        List<Trajectories> buckets = IntStream.range(0, Math.max(1, wanted / PERSONS_A_BUCKET))
                .mapToObj(bucket -> bucket(definition, (long) bucket * PERSONS_A_BUCKET, random))
                .toList();
        var source = new InMemoryTrajectorySource(buckets, vocabulary());
        var evaluator = new CompiledEvaluator(System::nanoTime, 1);
        double[] seconds = new double[ROUNDS];
        int entries = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = processor();
            entries = evaluator
                    .evaluate(List.of(definition), source, EvaluationProgress.SILENT)
                    .result(0)
                    .entries()
                    .size();
            seconds[round] = (processor() - before) / NANOSECONDS_IN_A_SECOND;
        }
        Arrays.sort(seconds);
        return new WideBench(
                buckets.size() * PERSONS_A_BUCKET,
                buckets.stream().mapToLong(Trajectories::size).sum(),
                entries,
                seconds[ROUNDS / 2]);
    }

    private static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static CohortDefinition definition() {
        try (InputStream text = Objects.requireNonNull(WideBench.class.getResourceAsStream("wide.json"))) {
            return CohortDefinition.parse(
                    Documents.json("wide.json", new String(text.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Vocabulary vocabulary() {
        var builder = Vocabulary.builder();
        set(builder, EXPOSURE, MEDICINE, 0, CONCEPTS_OF_EXPOSURE);
        set(builder, CONDITION_BEFORE, CONDITION, 0, CONCEPTS_OF_CONDITION);
        set(builder, CONDITION_AFTER, CONDITION, CONCEPTS / 2, CONCEPTS_OF_CONDITION);
        return builder.build();
    }

    private static void set(Vocabulary.Builder builder, int ancestor, int kind, int from, int size) {
        builder.concept(new Concept(ancestor, "", "", "", true, true));
        builder.descendant(ancestor, ancestor);
        for (int concept = kind + from; concept < kind + from + size; concept++) {
            builder.concept(new Concept(concept, "", "", "", true, true));
            builder.descendant(ancestor, concept);
        }
    }

    private static Trajectories bucket(CohortDefinition definition, long before, SplittableRandom random) {
        var builder = new TrajectoriesBuilder(definition.needs());
        RowsBuilder persons = builder.persons();
        RowsBuilder drugs = builder.events(Domain.DRUG_EXPOSURE);
        RowsBuilder conditions = builder.events(Domain.CONDITION_OCCURRENCE);
        RowsBuilder periods = builder.events(Domain.OBSERVATION_PERIOD);
        var drug = drugs.ints(Domain.DRUG_EXPOSURE.conceptColumn());
        var drugEnd = drugs.ints(DRUG_END);
        var condition = conditions.ints(Domain.CONDITION_OCCURRENCE.conceptColumn());
        var periodEnd = periods.ints(OBSERVATION_END);
        long rank = 0;
        for (long person = before + 1; person <= before + PERSONS_A_BUCKET; person++) {
            int from = FIRST_DAY + random.nextInt(2_000);
            int to = from + 2_000 + random.nextInt(4_000);
            persons.addPerson(person);
            periods.addEvent(person, from, ++rank);
            periodEnd.set(to);
            for (int day : days(random, from, to, 50 + random.nextInt(100))) {
                drugs.addEvent(person, day, ++rank);
                drug.set(MEDICINE + concept(random));
                drugEnd.set(day + 7 + random.nextInt(50));
            }
            for (int day : days(random, from, to, 20 + random.nextInt(58))) {
                conditions.addEvent(person, day, ++rank);
                condition.set(CONDITION + concept(random));
            }
        }
        return builder.build();
    }

    private static int[] days(SplittableRandom random, int from, int to, int number) {
        return random.ints(number, from, to).sorted().toArray();
    }

    /** A few concepts are everywhere, most are rare; which is which follows no order. */
    private static int concept(SplittableRandom random) {
        return (int) (CONCEPTS * Math.pow(random.nextDouble(), 3)) * 7_919 % CONCEPTS;
    }
}
