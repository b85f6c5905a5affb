package org.vauban.cohort;

import java.util.OptionalInt;
import org.vauban.cohort.Subject.Day;

/** When a person leaves, unless a censoring event comes first. */
public sealed interface ExitStrategy {

    /** At the end of the observation period in which the event lies. */
    record EndOfObservation() implements ExitStrategy {}

    /** A number of days after the event's start or end, but not after the end of the observation period. */
    record FixedOffset(Day from, int days) implements ExitStrategy {}

    /**
     * When the continuous exposure to a drug ends, or the observation period if that is earlier or there is no exposure.
     *
     * @param conceptSet the drug, looked for in concept and source concept
     * @param gapDays exposures at most this far apart are one
     * @param offsetDays days added to the end of the exposure
     * @param daysSupply how long each exposure lasts, instead of what its record says
     */
    record DrugExposureEnd(int conceptSet, int gapDays, int offsetDays, OptionalInt daysSupply)
            implements ExitStrategy {}
}
