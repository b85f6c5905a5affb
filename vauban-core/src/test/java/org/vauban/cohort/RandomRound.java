package org.vauban.cohort;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.vauban.trajectory.InMemoryTrajectorySource;
import org.vauban.trajectory.Needs;

/** Some random definitions, and random persons for whom they mean something, in two buckets. */
record RandomRound(List<CohortDefinition> definitions, InMemoryTrajectorySource source) {
    static final int DEFINITIONS = 20;
    static final int PERSONS = 30;

    static RandomRound of(long seed) {
        var random = new RandomCohorts(seed);
        List<CohortDefinition> definitions =
                Stream.generate(random::definition).limit(DEFINITIONS).toList();
        Needs needs =
                Needs.all(definitions.stream().map(CohortDefinition::needs).toList());
        return new RandomRound(
                definitions,
                new InMemoryTrajectorySource(
                        List.of(random.bucket(needs, 1, PERSONS / 2), random.bucket(needs, 1_000, PERSONS / 2)),
                        CohortSpecification.vocabulary()));
    }

    CohortResults evaluate(CohortEvaluator evaluator) {
        return evaluator.evaluate(definitions, source, EvaluationProgress.SILENT);
    }

    /** The rows of a cohort, one a line: {@code person first-day last-day}. */
    static List<String> rows(CohortResult result) {
        List<String> rows = new ArrayList<>();
        CohortEntries entries = result.entries();
        for (int i = 0; i < entries.size(); i++) {
            rows.add(entries.person(i) + " " + entries.startDay(i) + " " + entries.endDay(i));
        }
        return rows;
    }

    /** Whether two evaluators gave the same rows and the same attrition. */
    static boolean isEqual(CohortResults one, CohortResults other, int definitions) {
        for (int i = 0; i < definitions; i++) {
            if (!rows(one.result(i)).equals(rows(other.result(i)))
                    || !one.result(i).attrition().equals(other.result(i).attrition())) {
                return false;
            }
        }
        return true;
    }
}
