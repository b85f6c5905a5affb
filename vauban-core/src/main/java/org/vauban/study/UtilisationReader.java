package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vauban.document.Fields;
import org.vauban.problem.Phrase;

/** Reads the design of a study of how a medicine is used. */
final class UtilisationReader {
    /** As many as a table of persons still says something of. */
    private static final int NAMES_MAX = 8;

    private static final int STRETCHES_MAX = 12;

    private final Fields fields;
    private final Set<String> cohorts;
    private final Set<String> known;

    /**
     * @param cohorts names of cohorts
     * @param known names of cohorts and of records
     */
    UtilisationReader(Fields fields, Set<String> cohorts, Set<String> known) {
        this.fields = fields;
        this.cohorts = cohorts;
        this.known = known;
    }

    Optional<Design> design() {
        String drug = StudyReader.reference(fields, "drug", known);
        Optional<String> target =
                fields.has("target") ? Optional.of(StudyReader.reference(fields, "target", cohorts)) : Optional.empty();
        if (target.filter(drug::equals).isPresent()) {
            fields.wrongValue("target", Phrase.ANOTHER_COHORT_THAN_THE_DRUG, drug);
        }
        OptionalInt washout = days(fields, "washout-days", 0);
        int priorObservation = fields.whole("prior-observation-days", 0, StudyReader.DAYS_MAX, 0);
        int gap = fields.whole("gap-days", 0, StudyReader.DAYS_MAX, 1);
        OptionalInt followUp = days(fields, "follow-up-days", 1);
        int grace = fields.whole("grace-days", 0, StudyReader.DAYS_MAX, gap);
        if (grace < gap) {
            fields.wrongValue("grace-days", Phrase.A_NUMBER_NOT_BELOW.with(gap), String.valueOf(grace));
            grace = gap;
        }
        List<Integer> covered = ascending(fields, "covered-days");
        List<Integer> persistence = ascending(fields, "persistence-days");
        for (int stretch : covered) {
            if (stretch > followUp.orElse(StudyReader.DAYS_MAX)) {
                fields.wrongValue(
                        "covered-days",
                        Phrase.FROM_TO.with(1, followUp.orElse(StudyReader.DAYS_MAX)),
                        String.valueOf(stretch));
            }
        }
        Optional<Design.Indications> indications =
                fields.optionalObject("indications").flatMap(this::indications);
        Optional<Design.Changes> changes = fields.optionalObject("changes").flatMap(found -> changes(found, drug));
        fields.noOthers();
        return Optional.of(new Design.DrugUtilisation(
                drug,
                target,
                washout,
                priorObservation,
                gap,
                followUp,
                grace,
                covered,
                persistence,
                indications,
                changes));
    }

    private static OptionalInt days(Fields fields, String field, int least) {
        return fields.has(field)
                ? OptionalInt.of(fields.whole(field, least, StudyReader.DAYS_MAX, least))
                : OptionalInt.empty();
    }

    /** Wrong days are named and left out, so that what is read is valid. */
    private static List<Integer> ascending(Fields fields, String field) {
        List<Integer> days = new ArrayList<>();
        for (long day : fields.wholes(field)) {
            if (day < 1 || day > StudyReader.DAYS_MAX) {
                fields.wrongValue(field, Phrase.FROM_TO.with(1, StudyReader.DAYS_MAX), String.valueOf(day));
            } else if (!days.isEmpty() && day <= days.getLast()) {
                fields.wrongValue(field, Phrase.A_DAY_AFTER.with(days.getLast()), String.valueOf(day));
            } else {
                days.add((int) day);
            }
        }
        if (days.size() > STRETCHES_MAX) {
            fields.wrongValue(field, Phrase.FROM_TO.with(1, STRETCHES_MAX), days.size());
        }
        return days;
    }

    private Optional<Design.Indications> indications(Fields found) {
        List<String> among = names(found, "among");
        if (among.isEmpty()) {
            found.wrongValue("among", Phrase.FROM_TO.with(1, NAMES_MAX), 0);
        }
        List<DayWindow> windows = CharacterisationReader.windows(found, 0);
        found.noOthers();
        return among.isEmpty() || windows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Design.Indications(among, windows));
    }

    private Optional<Design.Changes> changes(Fields found, String drug) {
        List<String> switchTo = names(found, "switch-to");
        if (switchTo.contains(drug)) {
            found.wrongValue("switch-to", Phrase.ANOTHER_MEDICINE, drug);
        }
        List<Integer> days = ascending(found, "days");
        if (!found.has("days")) {
            found.missing("days");
        } else if (found.list("days").isEmpty()) {
            found.wrongValue("days", Phrase.FROM_TO.with(1, STRETCHES_MAX), 0);
        }
        found.noOthers();
        return days.isEmpty() ? Optional.empty() : Optional.of(new Design.Changes(switchTo, days));
    }

    private List<String> names(Fields found, String field) {
        List<String> names = StudyReader.known(field, found, known);
        if (names.size() > NAMES_MAX) {
            found.wrongValue(field, Phrase.FROM_TO.with(1, NAMES_MAX), names.size());
        }
        return names;
    }
}
