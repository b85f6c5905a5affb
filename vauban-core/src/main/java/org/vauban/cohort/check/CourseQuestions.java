package org.vauban.cohort.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.vauban.cohort.AttributeTest;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.Criterion;
import org.vauban.cohort.EventLimit;
import org.vauban.cohort.ExitStrategy;
import org.vauban.cohort.InclusionRule;
import org.vauban.cohort.PrimaryCriteria;
import org.vauban.cohort.Subject;
import org.vauban.problem.ProblemCode;
import org.vauban.trajectory.Domain;

/** Does the course of a definition, from entry over limits and rules to exit, do what it seems to do? */
final class CourseQuestions {
    private static final Set<Domain> DOMAINS_WITH_KINDS = Set.of(
            Domain.CONDITION_OCCURRENCE,
            Domain.DEATH,
            Domain.DEVICE_EXPOSURE,
            Domain.DRUG_EXPOSURE,
            Domain.MEASUREMENT,
            Domain.OBSERVATION,
            Domain.PROCEDURE_OCCURRENCE,
            Domain.SPECIMEN,
            Domain.VISIT_OCCURRENCE,
            Domain.VISIT_DETAIL);

    private final Walk walk;
    private final CohortDefinition definition;
    private final Findings findings;

    CourseQuestions(Walk walk, Findings findings) {
        this.walk = walk;
        this.definition = walk.definition();
        this.findings = findings;
    }

    void ask() {
        askOfEntry();
        askOfRules();
        askOfLimits();
        askOfExit();
        askOfKinds();
    }

    private void askOfEntry() {
        PrimaryCriteria primary = definition.primary();
        if (primary.criteria().isEmpty()) {
            findings.add(ProblemCode.COHORT_ENTRY_WITHOUT_EVENT, "$.PrimaryCriteria.CriteriaList");
        }
        boolean asksForFirst = primary.limit() == EventLimit.FIRST
                || primary.criteria().stream().anyMatch(Criterion::isFirst);
        if (asksForFirst && primary.priorDays() == 0 && !primary.criteria().isEmpty()) {
            findings.add(ProblemCode.COHORT_FIRST_WITHOUT_LOOKBACK, "$.PrimaryCriteria.ObservationWindow.PriorDays");
        }
    }

    private void askOfRules() {
        Set<String> names = new HashSet<>();
        for (int index = 0; index < definition.rules().size(); index++) {
            InclusionRule rule = definition.rules().get(index);
            String path = Walk.rulePath(index);
            if (rule.group().isEmpty()) {
                findings.add(ProblemCode.COHORT_RULE_EMPTY, path + ".expression", "name", rule.name());
            }
            if (rule.name().isBlank()) {
                findings.add(ProblemCode.COHORT_RULE_UNNAMED, path, "number", index + 1);
            } else if (!names.add(rule.name())) {
                findings.add(ProblemCode.COHORT_RULE_NAME_TWICE, path + ".name", "name", rule.name());
            }
        }
    }

    /** All, latest, earliest: a later limit that lets more through than an earlier one has nothing left to let through. */
    private void askOfLimits() {
        EventLimit entry = definition.primary().limit();
        EventLimit last = definition.expressionLimit();
        EventLimit qualified = definition.additional().isPresent() ? definition.qualifiedLimit() : EventLimit.ALL;
        boolean isIgnored = definition.additional().isEmpty()
                && definition.qualifiedLimit() != EventLimit.ALL
                && entry == EventLimit.ALL
                && last == EventLimit.ALL;
        if (isIgnored) {
            findings.add(ProblemCode.COHORT_LIMIT_IGNORED, "$.QualifiedLimit", "found", definition.qualifiedLimit());
        }
        if (entry != EventLimit.ALL && qualified == EventLimit.LAST && entry != qualified) {
            findings.add(ProblemCode.COHORT_LIMITS_WIDEN, "$.QualifiedLimit", "found", qualified, "earlier", entry);
        }
        EventLimit before = entry != EventLimit.ALL ? entry : qualified;
        if (before != EventLimit.ALL && last == EventLimit.LAST && before != last) {
            findings.add(ProblemCode.COHORT_LIMITS_WIDEN, "$.ExpressionLimit", "found", last, "earlier", before);
        }
    }

    private void askOfExit() {
        switch (definition.exit()) {
            case ExitStrategy.FixedOffset offset
            when offset.from() == Subject.Day.START && offset.days() == 0 ->
                findings.add(ProblemCode.COHORT_EXIT_ON_ENTRY_DAY, "$.EndStrategy.DateOffset.Offset");
            case ExitStrategy.FixedOffset offset
            when offset.from() == Subject.Day.START && offset.days() < 0 ->
                findings.add(
                        ProblemCode.COHORT_EXIT_BEFORE_ENTRY,
                        "$.EndStrategy.DateOffset.Offset",
                        "found",
                        offset.days());
            case ExitStrategy.FixedOffset _ -> {}
            case ExitStrategy.DrugExposureEnd drug -> askOfDrugs(drug.conceptSet());
            case ExitStrategy.EndOfObservation _ -> {
                askOfDrugs(-1);
                askOfEndlessness();
            }
        }
    }

    /** Persons who enter by a drug and leave by something else stay long after they stopped taking it. */
    private void askOfDrugs(int setOfExit) {
        for (Walk.At<Criterion> at : walk.entries()) {
            Criterion entry = at.piece();
            boolean isDrug = entry.domain() == Domain.DRUG_EXPOSURE || entry.domain() == Domain.DRUG_ERA;
            if (isDrug && entry.conceptSet().isPresent() && entry.conceptSet().getAsInt() != setOfExit) {
                findings.add(
                        ProblemCode.COHORT_DRUG_WITHOUT_DRUG_EXIT,
                        at.path(),
                        "name",
                        definition.conceptSet(entry.conceptSet().getAsInt()).name());
            }
        }
    }

    private void askOfEndlessness() {
        boolean takesAll = definition.primary().limit() == EventLimit.ALL
                && definition.expressionLimit() == EventLimit.ALL
                && (definition.additional().isEmpty() || definition.qualifiedLimit() == EventLimit.ALL);
        if (takesAll) {
            findings.add(ProblemCode.COHORT_ALL_EVENTS_WITHOUT_EXIT, "$.ExpressionLimit");
        }
    }

    /** The kinds of records (a bill, a letter, a discharge summary) that criteria do not tell apart; said once for all of them. */
    private void askOfKinds() {
        Set<String> words = new TreeSet<>();
        for (Walk.At<Criterion> at : walk.criteria()) {
            List<AttributeTest> tests = new ArrayList<>(at.piece().tests());
            tests.removeIf(test -> !isOfKind(test));
            if (tests.isEmpty() && DOMAINS_WITH_KINDS.contains(at.piece().domain())) {
                words.add(at.piece().word());
            }
        }
        if (!words.isEmpty()) {
            findings.add(ProblemCode.COHORT_KIND_NOT_SAID, "$", "criteria", String.join(", ", words));
        }
    }

    private static boolean isOfKind(AttributeTest test) {
        return test.subject() instanceof Subject.Own own && own.column().name().endsWith("_type_concept_id");
    }
}
