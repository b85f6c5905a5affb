package org.vauban.cohort;

/** Which of a person's events stay. */
public enum EventLimit {
    ALL,
    FIRST,
    LAST
}
