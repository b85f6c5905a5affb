package org.vauban.cohort;

import java.util.List;

/**
 * The events that let a person enter.
 *
 * @param criteria any of these
 * @param priorDays days of observation there must be before the event
 * @param postDays days of observation there must be after it
 * @param limit which of a person's events stay, counted among those inside such an observation period
 */
public record PrimaryCriteria(List<Criterion> criteria, int priorDays, int postDays, EventLimit limit) {
    public PrimaryCriteria {
        criteria = List.copyOf(criteria);
    }
}
