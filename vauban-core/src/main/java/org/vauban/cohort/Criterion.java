package org.vauban.cohort;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vauban.trajectory.Domain;

/**
 * Events of one domain.
 *
 * @param domain where they are
 * @param conceptSet the set their concept is in; without it any record counts
 * @param sourceConceptSet the set their source concept is in, as well
 * @param isFirst only the person's first record of those sets, before anything else is tested
 * @param dateAdjustment moves start and end
 * @param fixedPeriod days that an observation or payer plan period must cover, and that then stand for its start and end
 * @param tests what must hold of a record; all of them
 * @param correlated what must hold around it
 */
public record Criterion(
        Domain domain,
        OptionalInt conceptSet,
        OptionalInt sourceConceptSet,
        boolean isFirst,
        Optional<DateAdjustment> dateAdjustment,
        Optional<CalendarWindow> fixedPeriod,
        List<AttributeTest> tests,
        Optional<CriteriaGroup> correlated) {

    public Criterion {
        tests = List.copyOf(tests);
    }

    /**
     * The adjustment that counts. As in OHDSI's tools a specimen's days are never moved, and a death's start and end are always
     * moved from its own start and end.
     */
    public Optional<DateAdjustment> adjustmentThatCounts() {
        return switch (domain) {
            case SPECIMEN -> Optional.empty();
            case DEATH ->
                dateAdjustment.map(days -> new DateAdjustment(
                        Subject.Day.START, days.startOffsetDays(), Subject.Day.END, days.endOffsetDays()));
            default -> dateAdjustment;
        };
    }

    /** The name of the domain in Circe JSON. */
    public String word() {
        return CriterionLanguage.of(domain).name();
    }

    /** The conditions around a record, if there are any. */
    public Optional<CriteriaGroup> conditionsAround() {
        return correlated.filter(group -> !group.isEmpty());
    }
}
