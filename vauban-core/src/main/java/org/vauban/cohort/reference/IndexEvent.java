package org.vauban.cohort.reference;

/** An event seen from one observation period that it starts in. */
record IndexEvent(long id, int start, int end, long visit, int periodStart, int periodEnd) {}
