package org.vauban.study;

import org.vauban.study.overtime.History;

/**
 * Somebody followed while an exposure changes.
 *
 * @param described who, and what is known at entry
 * @param priorExposure whether exposed before
 * @param history what became of the person, day by day from entry on
 */
record OverTimePerson(Exposed described, boolean priorExposure, History history) {
    @Override
    public String toString() {
        return "OverTimePerson";
    }
}
