package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import org.vauban.omop.CdmTable;
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
        definition.covariates().forEach(covariate -> needs.add(needs(covariate)));
        return new StudyPlan(definition, Needs.all(needs), period(definition));
    }

    private static Needs needs(Covariate covariate) {
        return switch (covariate) {
            case Covariate.Age _ -> Needs.of(CdmTable.PERSON, "year_of_birth");
            case Covariate.Sex _ -> Needs.of(CdmTable.PERSON, "gender_concept_id");
            case Covariate.Recorded recorded ->
                recorded.domain().needs(recorded.domain().conceptColumn().name());
        };
    }

    private static Period period(StudyDefinition definition) {
        return definition
                .period()
                .map(period -> new Period(period.from().minusDays(daysBefore(definition)), period.to()))
                .orElse(Period.ALWAYS);
    }

    private static int daysBefore(StudyDefinition definition) {
        int days = switch (definition.design()) {
            case Design.NewUserActiveComparator design ->
                Math.max(
                        design.priorObservationDays(),
                        design.priorOutcome().remove()
                                ? design.priorOutcome().lookbackDays().orElse(0)
                                : 0);
        };
        for (Covariate covariate : definition.covariates()) {
            if (covariate instanceof Covariate.Recorded recorded) {
                days = Math.max(days, -recorded.fromDay());
            }
        }
        return days;
    }
}
