package org.vauban.study;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Trajectories;
import org.vauban.vocabulary.Vocabulary;

/** Asks a bucket for the covariates of a person at a day. Concept sets are resolved once. */
final class CovariateValues {
    private final List<Covariate> covariates;
    private final List<int[]> concepts;

    CovariateValues(List<Covariate> covariates, Vocabulary vocabulary) {
        this.covariates = covariates;
        this.concepts = covariates.stream()
                .map(covariate -> switch (covariate) {
                    case Covariate.Recorded recorded -> vocabulary.resolve(recorded.concepts());
                    case Covariate.Age _, Covariate.Sex _ -> new int[0];
                })
                .toList();
    }

    /** Age in years, the concept of sex, 1 or 0 for a record; NaN when the person's row does not tell. */
    double[] of(Trajectories trajectories, int person, int day) {
        double[] values = new double[covariates.size()];
        for (int index = 0; index < values.length; index++) {
            values[index] = switch (covariates.get(index)) {
                case Covariate.Age _ -> {
                    int born = trajectories.persons().ints(CdmTable.PERSON.column("year_of_birth"))[person];
                    yield Absent.is(born)
                            ? Double.NaN
                            : LocalDate.ofEpochDay(day).getYear() - born;
                }
                case Covariate.Sex _ -> {
                    int sex = trajectories.persons().ints(CdmTable.PERSON.column("gender_concept_id"))[person];
                    yield Absent.is(sex) ? Double.NaN : sex;
                }
                case Covariate.Recorded recorded ->
                    isRecorded(trajectories.events(recorded.domain()), person, concepts.get(index), recorded, day)
                            ? 1
                            : 0;
            };
        }
        return values;
    }

    private static boolean isRecorded(Events events, int person, int[] wanted, Covariate.Recorded recorded, int day) {
        int[] starts = events.startDays();
        int[] codes = events.concepts();
        for (int row = events.from(person); row < events.to(person) && starts[row] <= day + recorded.toDay(); row++) {
            if (starts[row] >= day + recorded.fromDay() && Arrays.binarySearch(wanted, codes[row]) >= 0) {
                return true;
            }
        }
        return false;
    }
}
