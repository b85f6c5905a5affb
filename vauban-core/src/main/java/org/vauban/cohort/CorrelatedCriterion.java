package org.vauban.cohort;

import java.util.Optional;

/**
 * Counts events around an index event.
 *
 * @param criterion the events that count
 * @param startWindow where they must start (or end, if the window says so) relative to the index event
 * @param endWindow a second window that must hold as well
 * @param occurrence how many there must be
 * @param restrictVisit only events of the index event's own visit count
 * @param ignoreObservationPeriod events outside the index event's observation period count too
 */
public record CorrelatedCriterion(
        Criterion criterion,
        EventWindow startWindow,
        Optional<EventWindow> endWindow,
        Occurrence occurrence,
        boolean restrictVisit,
        boolean ignoreObservationPeriod) {}
