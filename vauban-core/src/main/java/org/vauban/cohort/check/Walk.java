package org.vauban.cohort.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.vauban.cohort.AttributeTest;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.CorrelatedCriterion;
import org.vauban.cohort.CriteriaGroup;
import org.vauban.cohort.Criterion;
import org.vauban.cohort.DemographicCriterion;
import org.vauban.cohort.ExitStrategy;

/** All pieces of a definition, each with its path in the document. */
final class Walk {
    /** A piece and its path. */
    record At<T>(T piece, String path) {}

    /**
     * Events counted around an index event.
     *
     * @param piece what is counted
     * @param path its path
     * @param isOfEntry whether the index event is the entry event
     * @param mustHold whether a rule cannot hold without it
     */
    record Counted(CorrelatedCriterion piece, String path, boolean isOfEntry, boolean mustHold) {
        /** The path of the events' domain. */
        String criterionPath() {
            return path + ".Criteria." + piece.criterion().word();
        }
    }

    private final CohortDefinition definition;
    private final List<At<Criterion>> entries;
    private final List<At<Criterion>> criteria = new ArrayList<>();
    private final List<Counted> counted = new ArrayList<>();
    private final List<At<CriteriaGroup>> groups = new ArrayList<>();
    private final List<At<DemographicCriterion>> demographic = new ArrayList<>();
    private final List<At<AttributeTest>> tests = new ArrayList<>();
    private final Set<Integer> usedSets = new LinkedHashSet<>();

    private Walk(CohortDefinition definition) {
        this.definition = definition;
        this.entries = listed(definition.primary().criteria(), "$.PrimaryCriteria.CriteriaList");
    }

    static Walk of(CohortDefinition definition) {
        var walk = new Walk(definition);
        walk.entries.forEach(walk::criterion);
        definition.additional().ifPresent(group -> walk.group(group, "$.AdditionalCriteria", true, true));
        for (int rule = 0; rule < definition.rules().size(); rule++) {
            walk.group(definition.rules().get(rule).group(), rulePath(rule) + ".expression", true, true);
        }
        listed(definition.censoring(), "$.CensoringCriteria").forEach(walk::criterion);
        if (definition.exit() instanceof ExitStrategy.DrugExposureEnd drug) {
            walk.usedSets.add(drug.conceptSet());
        }
        return walk;
    }

    static String rulePath(int rule) {
        return "$.InclusionRules[" + rule + "]";
    }

    CohortDefinition definition() {
        return definition;
    }

    /** The entry events. */
    List<At<Criterion>> entries() {
        return entries;
    }

    /** All criteria, wherever they stand. */
    List<At<Criterion>> criteria() {
        return criteria;
    }

    List<Counted> counted() {
        return counted;
    }

    List<At<CriteriaGroup>> groups() {
        return groups;
    }

    List<At<DemographicCriterion>> demographic() {
        return demographic;
    }

    List<At<AttributeTest>> tests() {
        return tests;
    }

    /** The numbers of the concept sets that something refers to. */
    Set<Integer> usedSets() {
        return usedSets;
    }

    private static List<At<Criterion>> listed(List<Criterion> criteria, String path) {
        List<At<Criterion>> listed = new ArrayList<>();
        for (Criterion criterion : criteria) {
            listed.add(new At<>(criterion, path + "[" + listed.size() + "]." + criterion.word()));
        }
        return List.copyOf(listed);
    }

    private void criterion(At<Criterion> at) {
        criteria.add(at);
        Criterion criterion = at.piece();
        uses(criterion.conceptSet());
        uses(criterion.sourceConceptSet());
        tests(criterion.tests(), at.path());
        criterion.correlated().ifPresent(group -> group(group, at.path() + ".CorrelatedCriteria", false, true));
    }

    private void group(CriteriaGroup group, String path, boolean isOfEntry, boolean mustHold) {
        groups.add(new At<>(group, path));
        boolean each = mustHold
                && (group.kind() == CriteriaGroup.Kind.ALL
                        || (group.kind() == CriteriaGroup.Kind.ANY && group.size() == 1));
        for (int index = 0; index < group.correlated().size(); index++) {
            var inside =
                    new Counted(group.correlated().get(index), path + ".CriteriaList[" + index + "]", isOfEntry, each);
            counted.add(inside);
            criterion(new At<>(inside.piece().criterion(), inside.criterionPath()));
        }
        for (int index = 0; index < group.demographic().size(); index++) {
            var inside = new At<>(group.demographic().get(index), path + ".DemographicCriteriaList[" + index + "]");
            demographic.add(inside);
            tests(inside.piece().tests(), inside.path());
        }
        for (int index = 0; index < group.groups().size(); index++) {
            group(group.groups().get(index), path + ".Groups[" + index + "]", isOfEntry, each);
        }
    }

    private void tests(List<AttributeTest> of, String path) {
        for (AttributeTest test : of) {
            tests.add(new At<>(test, path + "." + test.field()));
            if (test instanceof AttributeTest.ConceptSetTest set) {
                uses(set.conceptSet());
            }
        }
    }

    private void uses(OptionalInt set) {
        set.ifPresent(usedSets::add);
    }
}
