package org.vauban.study;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vauban.document.Fields;
import org.vauban.problem.Phrase;

/** Reads the design of a study of treatment pathways. */
final class PathwayReader {
    private static final int DAYS = 30;
    private static final int STEPS = 5;
    private static final int STEPS_MAX = 20;

    private final Fields fields;
    private final Set<String> cohorts;
    private final Set<String> known;

    /**
     * @param cohorts names of cohorts
     * @param known names of cohorts and of records
     */
    PathwayReader(Fields fields, Set<String> cohorts, Set<String> known) {
        this.fields = fields;
        this.cohorts = cohorts;
        this.known = known;
    }

    Optional<Design> design() {
        String target = StudyReader.reference(fields, "target", cohorts);
        List<String> treatments = StudyReader.known("treatments", fields, known);
        int most = Design.TreatmentPathways.TREATMENTS_MAX;
        if (treatments.isEmpty() || treatments.size() > most) {
            fields.wrongValue("treatments", Phrase.FROM_TO.with(1, most), treatments.size());
        }
        if (treatments.contains(target)) {
            fields.wrongValue("treatments", Phrase.ANOTHER_COHORT, target);
        }
        int priorObservation = fields.whole("prior-observation-days", 0, StudyReader.DAYS_MAX, 0);
        int from = fields.whole("from-day", -StudyReader.DAYS_MAX, StudyReader.DAYS_MAX, 0);
        OptionalInt followUp = fields.has("follow-up-days")
                ? OptionalInt.of(fields.whole("follow-up-days", 1, StudyReader.DAYS_MAX, 1))
                : OptionalInt.empty();
        int collapse = fields.whole("era-collapse-days", 0, StudyReader.DAYS_MAX, DAYS);
        int leastEra = fields.whole("least-era-days", 0, StudyReader.DAYS_MAX, 0);
        int combination = fields.whole("combination-days", 1, StudyReader.DAYS_MAX, DAYS);
        int leastPart = fields.whole("least-part-days", 0, StudyReader.DAYS_MAX, DAYS);
        var kept = fields.choice("kept", Design.Kept.class, Design.Kept.FIRST);
        int longest = fields.whole("longest-path", 1, STEPS_MAX, STEPS);
        fields.noOthers();
        return treatments.isEmpty() || treatments.size() > most
                ? Optional.empty()
                : Optional.of(new Design.TreatmentPathways(
                        target,
                        treatments,
                        priorObservation,
                        from,
                        followUp,
                        collapse,
                        leastEra,
                        combination,
                        leastPart,
                        kept,
                        longest));
    }
}
