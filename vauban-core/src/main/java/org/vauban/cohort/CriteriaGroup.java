package org.vauban.cohort;

import java.util.List;

/**
 * Conditions on one index event, joined.
 *
 * @param kind how many must hold
 * @param count the number for {@code AT_LEAST} and {@code AT_MOST}, otherwise 0
 * @param correlated events that must, or must not, lie around the index event
 * @param demographic conditions on the person at the index event
 * @param groups groups inside this one
 */
public record CriteriaGroup(
        Kind kind,
        int count,
        List<CorrelatedCriterion> correlated,
        List<DemographicCriterion> demographic,
        List<CriteriaGroup> groups) {

    public CriteriaGroup {
        correlated = List.copyOf(correlated);
        demographic = List.copyOf(demographic);
        groups = List.copyOf(groups);
    }

    /** An empty group holds of every event. */
    public boolean isEmpty() {
        return size() == 0;
    }

    /** Number of conditions directly in this group. */
    public int size() {
        return correlated.size() + demographic.size() + groups.size();
    }

    /** How many of a group's conditions must hold. */
    public enum Kind {
        ALL,
        ANY,
        AT_LEAST,
        AT_MOST
    }
}
