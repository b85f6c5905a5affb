package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.cohort.reference.ReferenceEvaluator;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.trajectory.InMemoryTrajectorySource;
import org.vauban.trajectory.TrajectoryTable;

/** What holds of an evaluation as a whole, whichever evaluator does it. */
class EvaluationTest {
    private static final String ANY_CONDITION = """
            PrimaryCriteria:
              CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}]
              ObservationWindow: {PriorDays: 0, PostDays: 0}
              PrimaryCriteriaLimit: {Type: All}
            """;

    private final InMemoryTrajectorySource twoBuckets = new InMemoryTrajectorySource(
            List.of(TrajectoryTable.of("""
                            7 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                            7 | condition_occurrence | 1 | 2011-01-01 |            | |
                            """), TrajectoryTable.of("""
                            3 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                            3 | condition_occurrence | 1 | 2012-01-01 |            | |
                            """)), CohortSpecification.vocabulary());

    static Stream<CohortEvaluator> evaluators() {
        var ticks = new AtomicLong();
        return Stream.of(
                new ReferenceEvaluator(() -> ticks.addAndGet(1_000_000)),
                new CompiledEvaluator(() -> ticks.addAndGet(1_000_000), 1));
    }

    @ParameterizedTest
    @MethodSource("evaluators")
    void entriesOfAllBucketsComeInTheOrderOfPersons(CohortEvaluator evaluator) {
        CohortResult result = evaluate(evaluator, EvaluationProgress.SILENT).result(0);

        assertThat(List.of(result.entries().person(0), result.entries().person(1)))
                .containsExactly(3L, 7L);
        assertThat(result.entries().persons().size()).isEqualTo(2);
        assertThat(result.milliseconds()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("evaluators")
    void progressIsToldAfterEachBucket(CohortEvaluator evaluator) {
        List<String> told = new ArrayList<>();

        evaluate(evaluator, new EvaluationProgress() {
            @Override
            public void bucketDone(int done, int buckets) {
                told.add(done + " of " + buckets);
            }
        });

        assertThat(told).containsExactly("1 of 2", "2 of 2");
    }

    @ParameterizedTest
    @MethodSource("evaluators")
    void anEvaluationCanBeCancelled(CohortEvaluator evaluator) {
        var cancelled = new EvaluationProgress() {
            @Override
            public boolean isCancelled() {
                return true;
            }
        };

        assertThatThrownBy(() -> evaluate(evaluator, cancelled))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.CANCELLED));
    }

    @ParameterizedTest
    @MethodSource("evaluators")
    void resultsArePrintedWithoutAnybodyInThem(CohortEvaluator evaluator) {
        CohortResults results = evaluate(evaluator, EvaluationProgress.SILENT);

        assertThat(results.toString()).contains("CohortEntries[2]").doesNotContain("14975");
    }

    private CohortResults evaluate(CohortEvaluator evaluator, EvaluationProgress progress) {
        return evaluator.evaluate(List.of(CohortSpecification.define(ANY_CONDITION)), twoBuckets, progress);
    }
}
