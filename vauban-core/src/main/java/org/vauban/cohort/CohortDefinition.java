package org.vauban.cohort;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vauban.document.Documents;
import org.vauban.document.Node;
import org.vauban.trajectory.Needs;
import org.vauban.vocabulary.ConceptSet;
import org.vauban.vocabulary.UnknownConcept;
import org.vauban.vocabulary.Vocabulary;

/**
 * Who is in a cohort, from which day to which.
 *
 * @param name what people call it
 * @param conceptSets the concept sets that criteria refer to by number
 * @param primary the events that let a person enter
 * @param additional what must hold of an entering event; present and empty is not the same as absent: only its presence makes
 *     the qualified limit count
 * @param qualifiedLimit which of a person's events that meet {@code additional} stay
 * @param rules what must hold of a qualified event, each counted in the attrition
 * @param expressionLimit which of a person's events that meet all rules stay
 * @param exit when a person leaves
 * @param censoring events that end the stay earlier
 * @param eraPadDays stays that are at most this many days apart become one
 * @param censorWindow stays are cut to these calendar days
 */
public record CohortDefinition(
        String name,
        List<ConceptSet> conceptSets,
        PrimaryCriteria primary,
        Optional<CriteriaGroup> additional,
        EventLimit qualifiedLimit,
        List<InclusionRule> rules,
        EventLimit expressionLimit,
        ExitStrategy exit,
        List<Criterion> censoring,
        int eraPadDays,
        CalendarWindow censorWindow) {

    /** More rules than a person can keep in mind, and than fit the mask in which OHDSI reports their intersections. */
    public static final int RULES_MAX = 62;

    public CohortDefinition {
        conceptSets = List.copyOf(conceptSets);
        rules = List.copyOf(rules);
        censoring = List.copyOf(censoring);
        if (eraPadDays < 0) {
            throw new IllegalArgumentException("A cohort's era pad cannot be negative: " + eraPadDays);
        }
        if (rules.size() > RULES_MAX) {
            throw new IllegalArgumentException(
                    "A cohort has at most " + RULES_MAX + " inclusion rules: " + rules.size());
        }
    }

    /** Reads a file of Circe JSON. All its problems are reported together, each with its path. */
    public static CohortDefinition read(Path file) {
        Path name = file.getFileName();
        return parse(name == null ? file.toString() : withoutEnding(name.toString()), Documents.read(file));
    }

    /** Reads Circe JSON under the name of its document. */
    public static CohortDefinition parse(Node document) {
        return parse(document.place().file(), document);
    }

    public static CohortDefinition parse(String name, Node document) {
        return CohortReader.read(name, document);
    }

    /** The columns that an evaluation reads. */
    public Needs needs() {
        return CohortNeeds.of(this);
    }

    /** The concept set of that number; a definition that was read has all it refers to. */
    public ConceptSet conceptSet(int id) {
        return conceptSets.stream()
                .filter(set -> set.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The cohort has no concept set " + id));
    }

    /** Concepts that the definition lists and the vocabulary lacks: they match nothing, and the reader should know. */
    public List<UnknownConcept> unknownConcepts(Vocabulary vocabulary) {
        return vocabulary.unknownConcepts(conceptSets);
    }

    private static String withoutEnding(String file) {
        int dot = file.lastIndexOf('.');
        return dot <= 0 ? file : file.substring(0, dot);
    }
}
