package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vauban.document.Fields;
import org.vauban.problem.Phrase;

/** Reads the design of a study of incidence or of prevalence. */
final class OccurrenceReader {
    private final Fields fields;
    private final Set<String> cohorts;

    OccurrenceReader(Fields fields, Set<String> cohorts) {
        this.fields = fields;
        this.cohorts = cohorts;
    }

    Optional<Design> incidence() {
        Design.Population population = population();
        String outcome = outcome(population);
        OptionalInt washout = days("washout-days");
        boolean repeated = fields.truth("repeated-events", false);
        if (repeated && washout.isEmpty()) {
            fields.wrongValue("repeated-events", Phrase.FALSE_OR_WASHOUT, "true");
        }
        var confidence = fields.choice("confidence", Design.RateLimits.class, Design.RateLimits.EXACT);
        Design.Calendar calendar = calendar();
        fields.noOthers();
        return Optional.of(new Design.Incidence(population, outcome, washout, repeated, calendar, confidence));
    }

    Optional<Design> prevalence() {
        Design.Population population = population();
        String outcome = outcome(population);
        var moment = fields.choice("measured", Design.Moment.class, Design.Moment.PERIOD);
        boolean full = fields.truth("full-contribution", false);
        if (full && moment != Design.Moment.PERIOD) {
            fields.wrongValue("full-contribution", Phrase.FALSE_OR_PERIOD, "true");
            full = false;
        }
        Design.Calendar calendar = calendar();
        // The days of the whole period are known only when all persons were seen, and its middle would be nobody's
        // choice.
        if (calendar.interval() == CalendarInterval.OVERALL && full) {
            fields.wrongValue("full-contribution", Phrase.FALSE_OR_INTERVAL, "true");
        }
        if (calendar.interval() == CalendarInterval.OVERALL && moment != Design.Moment.PERIOD) {
            fields.wrongValue("interval", Phrase.INTERVALS_OR_PERIOD, "overall");
        }
        fields.noOthers();
        return Optional.of(new Design.Prevalence(population, outcome, moment, full, calendar));
    }

    private OptionalInt days(String field) {
        return fields.has(field)
                ? OptionalInt.of(fields.whole(field, 0, StudyReader.DAYS_MAX, 0))
                : OptionalInt.empty();
    }

    private String outcome(Design.Population population) {
        String outcome = StudyReader.reference(fields, "outcome", cohorts);
        if (population.target().filter(outcome::equals).isPresent()) {
            fields.wrongValue("outcome", Phrase.ANOTHER_COHORT, outcome);
        }
        return outcome;
    }

    private Design.Population population() {
        Optional<String> target =
                fields.has("target") ? Optional.of(StudyReader.reference(fields, "target", cohorts)) : Optional.empty();
        return new Design.Population(
                target,
                fields.whole("prior-observation-days", 0, StudyReader.DAYS_MAX, 0),
                ages(),
                fields.truth("by-sex", false),
                days("lookback-days"));
    }

    /** Wrong groups are named and left out, so that what is read is valid. */
    private List<AgeGroup> ages() {
        List<AgeGroup> ages = new ArrayList<>();
        for (Fields group : fields.objects("ages")) {
            int from = age(group, "from");
            int to = age(group, "to");
            group.noOthers();
            if (to < from) {
                group.wrongValue("to", Phrase.AN_AGE_NOT_BELOW.with(from), String.valueOf(to));
            } else if (!ages.isEmpty() && from <= ages.getLast().to()) {
                group.wrongValue("from", Phrase.AN_AGE_ABOVE.with(ages.getLast().to()), String.valueOf(from));
            } else {
                ages.add(new AgeGroup(from, to));
            }
        }
        return ages;
    }

    private static int age(Fields group, String field) {
        if (!group.has(field)) {
            group.missing(field);
        }
        return group.whole(field, 0, AgeGroup.AGE_MAX, field.equals("to") ? AgeGroup.AGE_MAX : 0);
    }

    private Design.Calendar calendar() {
        return new Design.Calendar(
                fields.choice("interval", CalendarInterval.class, CalendarInterval.YEARS),
                fields.truth("complete-intervals", true));
    }
}
