package org.vauban.cohort;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Needs;

/** Finds the columns that a definition's evaluation reads. */
final class CohortNeeds {
    private final Set<CdmColumn> columns = new TreeSet<>();

    static Needs of(CohortDefinition definition) {
        var needs = new CohortNeeds();
        needs.period();
        boolean usesVisit =
                definition.additional().map(CohortNeeds::usesVisitOfIndex).orElse(false)
                        || definition.rules().stream().anyMatch(rule -> usesVisitOfIndex(rule.group()));
        definition.primary().criteria().forEach(criterion -> needs.criterion(criterion, usesVisit));
        definition.additional().ifPresent(needs::group);
        definition.rules().forEach(rule -> needs.group(rule.group()));
        definition.censoring().forEach(criterion -> needs.criterion(criterion, false));
        needs.exit(definition.exit());
        return new Needs(needs.columns);
    }

    private void criterion(Criterion criterion, boolean usesVisit) {
        Domain domain = criterion.domain();
        dates(domain);
        if (criterion.conceptSet().isPresent()) {
            columns.add(domain.conceptColumn());
        }
        if (criterion.sourceConceptSet().isPresent()) {
            columns.add(RecordColumns.sourceConcept(domain));
        }
        criterion.tests().forEach(test -> test(domain, test));
        criterion.conditionsAround().ifPresent(this::group);
        if (usesVisit
                || criterion
                        .conditionsAround()
                        .map(CohortNeeds::usesVisitOfIndex)
                        .orElse(false)) {
            visit(domain);
        }
    }

    private void group(CriteriaGroup group) {
        group.correlated().forEach(correlated -> {
            criterion(correlated.criterion(), correlated.restrictVisit());
            correlated
                    .occurrence()
                    .distinct()
                    .ifPresent(column -> distinct(correlated.criterion().domain(), column));
        });
        group.demographic().forEach(demographic -> {
            columns.add(CdmTable.PERSON.column("person_id"));
            demographic.tests().forEach(test -> test(Domain.OBSERVATION_PERIOD, test));
        });
        group.groups().forEach(this::group);
    }

    private void distinct(Domain domain, DistinctColumn column) {
        switch (column) {
            case START_DATE, END_DATE, DURATION -> dates(domain);
            case VISIT_ID -> visit(domain);
            default -> columns.add(CriterionLanguage.column(domain, column));
        }
    }

    private void test(Domain domain, AttributeTest test) {
        switch (test.subject()) {
            case Subject.Day _, Subject.Duration _ -> dates(domain);
            case Subject.Age _ -> {
                dates(domain);
                columns.add(CdmTable.PERSON.column("year_of_birth"));
            }
            case Subject.Own own -> columns.add(own.column());
            case Subject.Ratio ratio -> columns.addAll(List.of(ratio.column(), ratio.divisor()));
            case Subject.OfPerson person -> columns.add(person.column());
            case Subject.OfVisit visit -> {
                visit(domain);
                columns.addAll(List.of(
                        visit.column(),
                        Domain.VISIT_OCCURRENCE.startColumn(),
                        CdmTable.VISIT_OCCURRENCE.column("visit_occurrence_id")));
            }
            case Subject.OfProvider provider ->
                columns.addAll(List.of(
                        domain.table().column("provider_id"),
                        CdmTable.PROVIDER.column("provider_id"),
                        provider.column()));
            case Subject.OfCareSite careSite ->
                columns.addAll(List.of(
                        domain.table().column("care_site_id"),
                        CdmTable.CARE_SITE.column("care_site_id"),
                        careSite.column()));
        }
        if (test instanceof AttributeTest.AbnormalTest) {
            for (String column : List.of("value_as_number", "range_low", "range_high", "value_as_concept_id")) {
                columns.add(CdmTable.MEASUREMENT.column(column));
            }
        }
    }

    private void exit(ExitStrategy exit) {
        switch (exit) {
            case ExitStrategy.EndOfObservation _, ExitStrategy.FixedOffset _ -> {}
            case ExitStrategy.DrugExposureEnd drug -> {
                dates(Domain.DRUG_EXPOSURE);
                columns.add(Domain.DRUG_EXPOSURE.conceptColumn());
                columns.add(RecordColumns.sourceConcept(Domain.DRUG_EXPOSURE));
            }
        }
    }

    private void period() {
        dates(Domain.OBSERVATION_PERIOD);
    }

    private void dates(Domain domain) {
        columns.add(domain.startColumn());
        domain.endColumn().ifPresent(columns::add);
        if (domain == Domain.DRUG_EXPOSURE) {
            columns.add(RecordColumns.DAYS_SUPPLY);
        }
    }

    private void visit(Domain domain) {
        RecordColumns.visit(domain).ifPresent(columns::add);
    }

    private static boolean usesVisitOfIndex(CriteriaGroup group) {
        return group.correlated().stream().anyMatch(CorrelatedCriterion::restrictVisit)
                || group.groups().stream().anyMatch(CohortNeeds::usesVisitOfIndex);
    }
}
