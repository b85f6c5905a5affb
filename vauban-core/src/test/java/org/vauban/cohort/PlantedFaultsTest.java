package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.cohort.reference.ReferenceEvaluator;

/** The random agreement of the evaluators would notice if one of them were wrong. */
class PlantedFaultsTest {
    private static final long FIRST_SEED = 20_261_121L;

    /** A tenth of what {@link EvaluatorAgreementTest} does. */
    private static final int ROUNDS = 10;

    private static final int ROUNDS_OF_THE_CAMPAIGN = 100;
    private static final int SECONDS_MAX = 20;

    private static final List<String> CLASSES = List.of(
            "BucketProgram",
            "ConceptIndex",
            "ConceptSetPool",
            "CountProgram",
            "DefinitionProgram",
            "DistinctCompiler",
            "GroupFilter",
            "GroupProgram",
            "Order",
            "Periods",
            "Query",
            "Stays",
            "Tally",
            "TestCompiler",
            "Window");

    private static final List<Round> ROUNDS_KNOWN = new ArrayList<>();

    /** A round with what the reference evaluator says. */
    private record Round(RandomRound round, CohortResults expected) {
        boolean isSeen(CohortEvaluator faulty) {
            return !RandomRound.isEqual(
                    round.evaluate(faulty), expected, round.definitions().size());
        }
    }

    // PLANTED

    @Test
    void withoutAFaultTheReloadedEvaluatorAgrees() {
        for (int number = 0; number < ROUNDS; number++) {
            assertThat(round(number).isSeen(new CompiledEvaluator())).isFalse();
        }
    }

    /** Every fault that can be planted; those that nobody sees are printed, to be read by people: some change nothing. */
    @Test
    @EnabledIfSystemProperty(named = "vauban.faults", matches = "all")
    void howManyOfAllFaultsAreSeen() {
        List<PlantedFault> unseen = new ArrayList<>();
        int planted = 0;
        for (String type : CLASSES) {
            for (PlantedFault fault : PlantedFault.allOf(type)) {
                planted++;
                if (!isSeen(fault, ROUNDS_OF_THE_CAMPAIGN)) {
                    unseen.add(fault);
                }
            }
        }
        System.out.println(planted + " faults planted one at a time, " + (planted - unseen.size()) + " seen; not seen:");
        unseen.forEach(System.out::println);
        assertThat(unseen.size()).isLessThan(planted / 4);
    }

    /** A fault is seen when rows or attrition differ, when the evaluation fails, and when it does not end. */
    private static boolean isSeen(PlantedFault fault, int rounds) {
        CohortEvaluator faulty = fault.evaluator();
        var looking = new FutureTask<>(() -> {
            for (int number = 0; number < rounds; number++) {
                if (round(number).isSeen(faulty)) {
                    return true;
                }
            }
            return false;
        });
        Thread.ofPlatform().daemon().start(looking);
        try {
            return looking.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException seen) {
            return true;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static synchronized Round round(int number) {
        while (ROUNDS_KNOWN.size() <= number) {
            RandomRound round = RandomRound.of(FIRST_SEED + ROUNDS_KNOWN.size());
            ROUNDS_KNOWN.add(new Round(round, round.evaluate(new ReferenceEvaluator())));
        }
        return ROUNDS_KNOWN.get(number);
    }
}
