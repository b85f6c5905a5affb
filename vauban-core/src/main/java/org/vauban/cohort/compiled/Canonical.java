package org.vauban.cohort.compiled;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.vauban.cohort.AttributeTest;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.CorrelatedCriterion;
import org.vauban.cohort.CriteriaGroup;
import org.vauban.cohort.Criterion;
import org.vauban.cohort.DemographicCriterion;
import org.vauban.cohort.ExitStrategy;
import org.vauban.cohort.InclusionRule;
import org.vauban.cohort.PrimaryCriteria;
import org.vauban.vocabulary.ConceptSet;

/**
 * Rewrites a definition so that its concept sets are numbered as in the pool of the batch. Then two criteria that ask the same thing
 * are equal records, whichever definitions they came from.
 */
final class Canonical {
    private final Map<Integer, Integer> numbers = new HashMap<>();

    private Canonical(CohortDefinition definition, ConceptSetPool pool) {
        for (ConceptSet set : definition.conceptSets()) {
            numbers.put(set.id(), pool.number(set));
        }
    }

    static CohortDefinition of(CohortDefinition definition, ConceptSetPool pool) {
        var canonical = new Canonical(definition, pool);
        PrimaryCriteria primary = definition.primary();
        return new CohortDefinition(
                definition.name(),
                List.of(),
                new PrimaryCriteria(
                        canonical.criteria(primary.criteria()),
                        primary.priorDays(),
                        primary.postDays(),
                        primary.limit()),
                definition.additional().map(canonical::group),
                definition.qualifiedLimit(),
                definition.rules().stream()
                        .map(rule -> new InclusionRule(rule.name(), "", canonical.group(rule.group())))
                        .toList(),
                definition.expressionLimit(),
                canonical.exit(definition.exit()),
                canonical.criteria(definition.censoring()),
                definition.eraPadDays(),
                definition.censorWindow());
    }

    private List<Criterion> criteria(List<Criterion> criteria) {
        return criteria.stream().map(this::criterion).toList();
    }

    private Criterion criterion(Criterion criterion) {
        return new Criterion(
                criterion.domain(),
                number(criterion.conceptSet()),
                number(criterion.sourceConceptSet()),
                criterion.isFirst(),
                criterion.adjustmentThatCounts(),
                criterion.fixedPeriod(),
                criterion.tests().stream().map(this::test).toList(),
                criterion.conditionsAround().map(this::group));
    }

    private CriteriaGroup group(CriteriaGroup group) {
        return new CriteriaGroup(
                group.kind(),
                group.count(),
                group.correlated().stream().map(this::correlated).toList(),
                group.demographic().stream()
                        .map(demographic -> new DemographicCriterion(
                                demographic.tests().stream().map(this::test).toList()))
                        .toList(),
                group.groups().stream().map(this::group).toList());
    }

    private CorrelatedCriterion correlated(CorrelatedCriterion correlated) {
        return new CorrelatedCriterion(
                criterion(correlated.criterion()),
                correlated.startWindow(),
                correlated.endWindow(),
                correlated.occurrence(),
                correlated.restrictVisit(),
                correlated.ignoreObservationPeriod());
    }

    private AttributeTest test(AttributeTest test) {
        return test instanceof AttributeTest.ConceptSetTest set
                ? new AttributeTest.ConceptSetTest(
                        set.field(), set.subject(), number(set.conceptSet()), set.isExcluded())
                : test;
    }

    private ExitStrategy exit(ExitStrategy exit) {
        return exit instanceof ExitStrategy.DrugExposureEnd drug
                ? new ExitStrategy.DrugExposureEnd(
                        number(OptionalInt.of(drug.conceptSet())).getAsInt(),
                        drug.gapDays(),
                        drug.offsetDays(),
                        drug.daysSupply())
                : exit;
    }

    private OptionalInt number(OptionalInt id) {
        if (id.isEmpty()) {
            return id;
        }
        Integer number = numbers.get(id.getAsInt());
        if (number == null) {
            throw new IllegalArgumentException("No such concept set: " + id.getAsInt());
        }
        return OptionalInt.of(number);
    }
}
