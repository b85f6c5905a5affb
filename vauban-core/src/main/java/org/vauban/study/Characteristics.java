package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.vauban.output.FrequencyTable;
import org.vauban.output.PersonSet;

/** Counts persons by arm and level of a covariate, with totals. */
final class Characteristics {
    private static final String ARM = "Arm";

    private Characteristics() {}

    static FrequencyTable table(Covariate covariate, int index, NewUserArms arms) {
        List<String> levels = Levels.of(covariate, index, arms);
        List<FrequencyTable.Cell> cells = new ArrayList<>();
        PersonSet everybody = PersonSet.empty();
        List<PersonSet> ofLevel = new ArrayList<>();
        levels.forEach(_ -> ofLevel.add(PersonSet.empty()));
        for (int arm = 0; arm < arms.exposed().size(); arm++) {
            String label = StudyAnalyses.label(arms, arm);
            List<Exposed> exposed = arms.exposed().get(arm);
            for (int level = 0; level < levels.size(); level++) {
                String name = levels.get(level);
                PersonSet persons = persons(
                        exposed,
                        each -> Levels.level(covariate, each.values()[index]).equals(name));
                cells.add(FrequencyTable.Cell.of(persons, label, name));
                ofLevel.set(level, ofLevel.get(level).or(persons));
            }
            PersonSet all = persons(exposed, _ -> true);
            cells.add(FrequencyTable.Cell.of(all, label, FrequencyTable.TOTAL));
            everybody = everybody.or(all);
        }
        // A total over a single arm would be the arm again.
        if (arms.exposed().size() > 1) {
            for (int level = 0; level < levels.size(); level++) {
                cells.add(FrequencyTable.Cell.of(ofLevel.get(level), FrequencyTable.TOTAL, levels.get(level)));
            }
            cells.add(FrequencyTable.Cell.of(everybody, FrequencyTable.TOTAL, FrequencyTable.TOTAL));
        }
        return new FrequencyTable(
                StudyResults.BASELINE + covariate.name(), List.of(ARM, covariate.label()), cells, sensitive(covariate));
    }

    /** What others may know of a person anyway is not sensitive: age and sex. The medicine always is. */
    private static Set<String> sensitive(Covariate covariate) {
        return switch (covariate) {
            case Covariate.Age _, Covariate.Sex _ -> Set.of(ARM);
            case Covariate.Recorded recorded -> Set.of(ARM, recorded.label());
        };
    }

    static PersonSet persons(List<Exposed> exposed, Predicate<Exposed> chosen) {
        var persons = new PersonList();
        for (Exposed each : exposed) {
            if (chosen.test(each)) {
                persons.add(each.person());
            }
        }
        return persons.set();
    }
}
