package org.vauban.cohort.compiled;

import java.util.EnumMap;
import java.util.Map;
import org.vauban.cohort.RecordColumns;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Trajectories;

/** The last days of a bucket's records as they count: a record without one has the default of its kind. Worked out once a domain. */
final class EndDays {
    private final Trajectories bucket;
    private final Map<Domain, int[]> known = new EnumMap<>(Domain.class);

    EndDays(Trajectories bucket) {
        this.bucket = bucket;
    }

    /** By row; absent where the data give no last day and the kind has no default. */
    int[] of(Domain domain) {
        return known.computeIfAbsent(domain, this::ends);
    }

    private int[] ends(Domain domain) {
        Events events = bucket.events(domain);
        int[] starts = events.startDays();
        return switch (domain) {
            case PROCEDURE_OCCURRENCE, MEASUREMENT, OBSERVATION, SPECIMEN, DEATH -> nextDays(starts);
            case CONDITION_OCCURRENCE, DEVICE_EXPOSURE -> endsOrNextDays(starts, events.endDays());
            case DRUG_EXPOSURE -> endsOrSupplied(starts, events.endDays(), events.ints(RecordColumns.DAYS_SUPPLY));
            case VISIT_OCCURRENCE,
                    VISIT_DETAIL,
                    CONDITION_ERA,
                    DRUG_ERA,
                    DOSE_ERA,
                    OBSERVATION_PERIOD,
                    PAYER_PLAN_PERIOD -> events.endDays();
        };
    }

    private static int[] nextDays(int[] starts) {
        int[] ends = new int[starts.length];
        for (int row = 0; row < ends.length; row++) {
            ends[row] = starts[row] + 1;
        }
        return ends;
    }

    private static int[] endsOrNextDays(int[] starts, int[] given) {
        int[] ends = given.clone();
        for (int row = 0; row < ends.length; row++) {
            if (Absent.is(ends[row])) {
                ends[row] = starts[row] + 1;
            }
        }
        return ends;
    }

    private static int[] endsOrSupplied(int[] starts, int[] given, int[] daysSupply) {
        int[] ends = given.clone();
        for (int row = 0; row < ends.length; row++) {
            if (Absent.is(ends[row])) {
                ends[row] = starts[row] + (Absent.is(daysSupply[row]) ? 1 : daysSupply[row]);
            }
        }
        return ends;
    }
}
