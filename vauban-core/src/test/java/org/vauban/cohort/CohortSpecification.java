package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.cohort.reference.ReferenceEvaluator;
import org.vauban.document.Documents;
import org.vauban.trajectory.InMemoryTrajectorySource;
import org.vauban.trajectory.TrajectoryTable;
import org.vauban.vocabulary.Concept;
import org.vauban.vocabulary.Vocabulary;

/**
 * A small language for what a definition means: some trajectories, a definition, the stays that must come out of both evaluators.
 *
 * <p>Concept set n holds the concept n alone, for n from 1 to 9; set 10 is empty. Definitions are written in YAML with the field
 * names of Circe JSON. A criterion written alone stands for a cohort of all its events, each from its start to its start.
 */
final class CohortSpecification {
    private static final String EMPTY_SET = "{id: 10, name: empty, expression: {items: []}}";

    private final String trajectories;

    private CohortSpecification(String trajectories) {
        this.trajectories = trajectories;
    }

    static CohortSpecification given(String trajectories) {
        return new CohortSpecification(trajectories);
    }

    /** The evaluation of a whole definition, concept sets apart. */
    Outcome cohort(String yaml) {
        return new Outcome(define(yaml));
    }

    /** The evaluation of a cohort of one criterion, and perhaps more lines of the definition. */
    Outcome criterion(String criterion, String... more) {
        return cohort("""
                PrimaryCriteria:
                  CriteriaList: [{%s}]
                  ObservationWindow: {PriorDays: 0, PostDays: 0}
                  PrimaryCriteriaLimit: {Type: All}
                QualifiedLimit: {Type: All}
                ExpressionLimit: {Type: All}
                """.formatted(criterion)
                + (String.join("\n", more).contains("EndStrategy")
                        ? ""
                        : "EndStrategy: {DateOffset: {DateField: StartDate, Offset: 0}}\n")
                + String.join("\n", more));
    }

    static CohortDefinition define(String yaml) {
        List<String> sets = new ArrayList<>(IntStream.rangeClosed(1, 9)
                .mapToObj(id ->
                        "{id: %d, name: set, expression: {items: [{concept: {CONCEPT_ID: %d}}]}}".formatted(id, id))
                .toList());
        sets.add(EMPTY_SET);
        return CohortDefinition.parse(
                "cohort", Documents.yaml("cohort", "ConceptSets: [" + String.join(", ", sets) + "]\n" + yaml));
    }

    static Vocabulary vocabulary() {
        var builder = Vocabulary.builder();
        IntStream.rangeClosed(1, 9)
                .forEach(id -> builder.concept(new Concept(id, "Concept " + id, "", "", true, true)));
        return builder.build();
    }

    final class Outcome {
        private final CohortResult reference;
        private final CohortResult compiled;

        private Outcome(CohortDefinition definition) {
            var source = new InMemoryTrajectorySource(List.of(TrajectoryTable.of(trajectories)), vocabulary());
            reference = evaluate(new ReferenceEvaluator(), definition, source);
            compiled = evaluate(new CompiledEvaluator(), definition, source);
        }

        private static CohortResult evaluate(
                CohortEvaluator evaluator, CohortDefinition definition, InMemoryTrajectorySource source) {
            return evaluator
                    .evaluate(List.of(definition), source, EvaluationProgress.SILENT)
                    .result(0);
        }

        /** The stays, one a line: {@code person | first day | last day}. */
        Outcome gives(String... stays) {
            assertThat(lines(reference.entries())).as("reference").containsExactly(stays);
            assertThat(lines(compiled.entries())).as("compiled").containsExactly(stays);
            return this;
        }

        /** The first days of the stays, one a line: {@code person | first day}. */
        Outcome starts(String... starts) {
            assertThat(firstDays(reference.entries())).as("reference").containsExactly(starts);
            assertThat(firstDays(compiled.entries())).as("compiled").containsExactly(starts);
            return this;
        }

        Outcome givesNothing() {
            return gives();
        }

        Attrition attrition() {
            assertThat(compiled.attrition()).isEqualTo(reference.attrition());
            return reference.attrition();
        }
    }

    private static List<String> lines(CohortEntries entries) {
        return IntStream.range(0, entries.size())
                .mapToObj(i -> entries.person(i) + " | " + date(entries.startDay(i)) + " | " + date(entries.endDay(i)))
                .toList();
    }

    private static List<String> firstDays(CohortEntries entries) {
        return IntStream.range(0, entries.size())
                .mapToObj(i -> entries.person(i) + " | " + date(entries.startDay(i)))
                .toList();
    }

    private static LocalDate date(int day) {
        return LocalDate.ofEpochDay(day);
    }
}
