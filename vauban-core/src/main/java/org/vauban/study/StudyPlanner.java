package org.vauban.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;

/** Turns a definition into a plan. Touches no data. */
public final class StudyPlanner {
    private StudyPlanner() {}

    public static StudyPlan plan(StudyDefinition definition) {
        List<Needs> needs = new ArrayList<>();
        definition.cohorts().forEach(cohort -> needs.add(cohort.definition().needs()));
        needs.add(
                Needs.of(CdmTable.OBSERVATION_PERIOD, "observation_period_start_date", "observation_period_end_date"));
        definition.records().forEach(records -> needs.add(records.domain().needsOfEvents()));
        definition.covariates().forEach(covariate -> needs.add(needs(covariate)));
        definition.comparison().windows().forEach(window -> needs.add(needs(window)));
        if (definition.comparison().scores().stream().anyMatch(StudyPlanner::readsPersons)) {
            needs.add(Needs.of(CdmTable.PERSON, "year_of_birth", "gender_concept_id"));
        }
        switch (definition.design()) {
            case Design.NewUserActiveComparator _, Design.ExposureOverTime _ -> {}
            case Design.Incidence design -> needs.addAll(needs(design.population()));
            case Design.Prevalence design -> needs.addAll(needs(design.population()));
            case Design.Characterisation design ->
                design.features()
                        .ifPresent(
                                features -> features.domains().forEach(domain -> needs.add(needsOfConcepts(domain))));
            case Design.SelfControlledCaseSeries design -> {
                if (!(design.age() instanceof TimeEffect.None)) {
                    needs.add(Needs.of(CdmTable.PERSON, "year_of_birth"));
                }
            }
            // What it reads stands under cohorts and records.
            case Design.DrugUtilisation _, Design.TreatmentPathways _ -> {}
        }
        Optional<StudyPlan.LookBack> lookBack = lookBack(definition);
        return new StudyPlan(definition, Needs.all(needs), period(definition, lookBack), lookBack);
    }

    private static List<Needs> needs(Design.Population population) {
        List<Needs> needs = new ArrayList<>();
        if (!population.ages().isEmpty()) {
            needs.add(Needs.of(CdmTable.PERSON, "year_of_birth"));
        }
        if (population.bySex()) {
            needs.add(Needs.of(CdmTable.PERSON, "gender_concept_id"));
        }
        return needs;
    }

    private static Needs needs(Covariate covariate) {
        return switch (covariate) {
            case Covariate.Age _ -> Needs.of(CdmTable.PERSON, "year_of_birth");
            case Covariate.Sex _ -> Needs.of(CdmTable.PERSON, "gender_concept_id");
            case Covariate.Recorded recorded -> needsOfConcepts(recorded.domain());
        };
    }

    private static Needs needs(PropensityModel.Window window) {
        return window.domain().needsOfEvents();
    }

    private static boolean readsPersons(PropensityModel score) {
        return score instanceof PropensityModel.LargeScale large && large.demographics();
    }

    /** Which concept on which day. */
    static Needs needsOfConcepts(Domain domain) {
        return domain.needs(domain.conceptColumn().name());
    }

    private static Period period(StudyDefinition definition, Optional<StudyPlan.LookBack> lookBack) {
        return definition
                .period()
                .map(period -> new Period(
                        period.from()
                                .minusDays(
                                        lookBack.map(StudyPlan.LookBack::days).orElse(0)),
                        period.to()))
                .orElse(Period.ALWAYS);
    }

    /** What looks back farthest, if the study has a period to look back from. */
    private static Optional<StudyPlan.LookBack> lookBack(StudyDefinition definition) {
        if (definition.period().isEmpty()) {
            return Optional.empty();
        }
        List<StudyPlan.LookBack> all = new ArrayList<>();
        switch (definition.design()) {
            case Design.NewUserActiveComparator design -> {
                all.add(priorObservation(design.priorObservationDays()));
                if (design.priorOutcome().remove()) {
                    all.add(lookBack(
                            "prior-outcome: lookback-days",
                            design.priorOutcome().lookbackDays()));
                }
            }
            case Design.Incidence design -> {
                all.addAll(lookBacks(design.population()));
                all.add(lookBack("washout-days", design.washoutDays()));
            }
            case Design.Prevalence design -> all.addAll(lookBacks(design.population()));
            case Design.Characterisation design -> {
                all.add(priorObservation(design.priorObservationDays()));
                design.features()
                        .ifPresent(features -> all.add(new StudyPlan.LookBack(
                                "features: windows",
                                -features.windows().getFirst().fromDay())));
            }
            // Observation that began before the study's period has fewer naive days left in it.
            case Design.ExposureOverTime design -> {
                all.add(priorObservation(design.priorObservationDays()));
                if (design.priorOutcome().remove()) {
                    all.add(lookBack(
                            "prior-outcome: lookback-days",
                            design.priorOutcome().lookbackDays()));
                }
            }
            case Design.SelfControlledCaseSeries design -> {
                all.add(new StudyPlan.LookBack("naive-days", design.naiveDays()));
                for (RiskExposure exposure : design.exposures()) {
                    for (RiskExposure.Window window : exposure.windows()) {
                        all.add(new StudyPlan.LookBack(
                                "window " + window.name(), window.days().endDays()));
                    }
                }
            }
            case Design.DrugUtilisation design -> {
                all.add(priorObservation(design.priorObservationDays()));
                all.add(lookBack("washout-days", design.washoutDays()));
                design.indications()
                        .ifPresent(sought -> all.add(new StudyPlan.LookBack(
                                "indications: windows",
                                -sought.windows().getFirst().fromDay())));
            }
            case Design.TreatmentPathways design -> {
                all.add(priorObservation(design.priorObservationDays()));
                all.add(new StudyPlan.LookBack("from-day", -design.fromDay()));
            }
        }
        for (Covariate covariate : definition.covariates()) {
            if (covariate instanceof Covariate.Recorded recorded) {
                all.add(new StudyPlan.LookBack(recorded.name() + ": from-day", -recorded.fromDay()));
            }
        }
        for (PropensityModel.Window window : definition.comparison().windows()) {
            all.add(new StudyPlan.LookBack("comparison: windows", -window.fromDay()));
        }
        return all.stream().filter(each -> each.days() > 0).max(Comparator.comparingInt(StudyPlan.LookBack::days));
    }

    private static List<StudyPlan.LookBack> lookBacks(Design.Population population) {
        return List.of(
                priorObservation(population.priorObservationDays()),
                lookBack("lookback-days", population.lookbackDays()));
    }

    private static StudyPlan.LookBack priorObservation(int days) {
        return new StudyPlan.LookBack("prior-observation-days", days);
    }

    private static StudyPlan.LookBack lookBack(String field, OptionalInt days) {
        return new StudyPlan.LookBack(field, days.orElse(0));
    }
}
