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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.cohort.reference.ReferenceEvaluator;

/** The random agreement of the evaluators would notice if one of them were wrong. */
class PlantedFaultsTest {
    private static final long FIRST_SEED = 20_261_121L;

    /** The same rounds that {@link EvaluatorAgreementTest} plays in every test run; most faults are seen in the first of them. */
    private static final int ROUNDS = 100;

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

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "the first day of a window lies outside                | Window            | contains        | EDGE     | 0",
                "the last day of a window lies outside                 | Window            | contains        | EDGE     | 1",
                "a window from the end of the index counts from start  | Window            | place           | FIELD    | 0",
                "days after are days before                            | Window            | place           | SIGN     | 0",
                "the last day of observation is not observed           | Periods           | covers          | EDGE     | 1",
                "stays that touch do not join                          | Stays             | join            | EDGE     | 3",
                "a pad is taken off where it belongs on                | Stays             | join            | SIGN     | 0",
                "a short stay hides the end of a long one              | Stays             | join            | CALL     | 1",
                "events of one day stand in the order of their ids back| Order             | before          | OPPOSITE | 3",
                "just enough observation is not enough                 | DefinitionProgram | enter           | EDGE     | 3",
                "the last event is taken for the first                 | DefinitionProgram | enter           | OPPOSITE | 6",
                "of two events of one day the later one stays          | DefinitionProgram | limit           | EDGE     | 1",
                "an offset is not cut at the end of observation        | DefinitionProgram | exit            | CALL     | 0",
                "a stay of a single day is dropped                     | DefinitionProgram | exit            | EDGE     | 0",
                "the last day under a drug is not under it             | DefinitionProgram | eraEnd          | EDGE     | 2",
                "a censoring event of the first day is not seen        | DefinitionProgram | censored        | EDGE     | 2",
                "what censors after observation does so                | DefinitionProgram | censored        | FIELD    | 2",
                "equal values are counted instead of different ones    | CountProgram      | differentValues | OPPOSITE | 2",
                "the first day of observation is not counted in        | CountProgram      | isInside        | EDGE     | 0",
                "at most n is fewer than n                             | GroupProgram      | verdict         | EDGE     | 3",
                "all is not all                                        | GroupProgram      | verdict         | OPPOSITE | 0",
                "a start is moved the wrong way                        | Query             | record          | SIGN     | 0",
                "days of supply are taken off the start                | Query             | end             | SIGN     | 3",
                "the best event is the one with fewest rules           | Tally             | isBetter        | OPPOSITE | 1",
                "of two good events the one with the later rule counts | Tally             | isBetter        | OPPOSITE | 5",
            })
    void aPlantedFaultIsSeen(String what, String type, String method, PlantedFault.Change change, int nth) {
        assertThat(isSeen(new PlantedFault(type, method, change, nth))).as(what).isTrue();
    }

    @Test
    void withoutAFaultTheReloadedEvaluatorAgrees() {
        for (int number = 0; number < 10; number++) {
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
                if (!isSeen(fault)) {
                    unseen.add(fault);
                }
            }
        }
        System.out.println(
                planted + " faults planted one at a time, " + (planted - unseen.size()) + " seen; not seen:");
        unseen.forEach(System.out::println);
        assertThat(unseen.size()).isLessThan(planted / 4);
    }

    /** A fault is seen when rows or attrition differ, when the evaluation fails, and when it does not end. */
    private static boolean isSeen(PlantedFault fault) {
        CohortEvaluator faulty = fault.evaluator();
        var looking = new FutureTask<>(() -> {
            for (int number = 0; number < ROUNDS; number++) {
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
