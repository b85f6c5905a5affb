package org.vauban.cohort.compiled;

import org.jspecify.annotations.Nullable;
import org.vauban.cohort.RecordColumns;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;

/** The last days of a domain's records as they count: a record without one has the default of its kind, if that has one. */
final class EndDays {
    private final int[] starts;
    private final int @Nullable [] given;
    private final int @Nullable [] daysSupply;
    private final boolean hasDefault;

    private EndDays(int[] starts, int @Nullable [] given, int @Nullable [] daysSupply, boolean hasDefault) {
        this.starts = starts;
        this.given = given;
        this.daysSupply = daysSupply;
        this.hasDefault = hasDefault;
    }

    static EndDays of(Domain domain, Events events) {
        int[] starts = events.startDays();
        return switch (domain) {
            case PROCEDURE_OCCURRENCE, MEASUREMENT, OBSERVATION, SPECIMEN, DEATH ->
                new EndDays(starts, null, null, true);
            case CONDITION_OCCURRENCE, DEVICE_EXPOSURE -> new EndDays(starts, events.endDays(), null, true);
            case DRUG_EXPOSURE -> new EndDays(starts, events.endDays(), events.ints(RecordColumns.DAYS_SUPPLY), true);
            case VISIT_OCCURRENCE,
                    VISIT_DETAIL,
                    CONDITION_ERA,
                    DRUG_ERA,
                    DOSE_ERA,
                    OBSERVATION_PERIOD,
                    PAYER_PLAN_PERIOD -> new EndDays(starts, events.endDays(), null, false);
        };
    }

    /** Absent where the data give no last day and the kind has no default. */
    int at(int row) {
        if (given != null) {
            int end = given[row];
            if (!hasDefault || !Absent.is(end)) {
                return end;
            }
        }
        return starts[row] + (daysSupply == null || Absent.is(daysSupply[row]) ? 1 : daysSupply[row]);
    }
}
