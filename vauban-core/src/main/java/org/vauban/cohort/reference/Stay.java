package org.vauban.cohort.reference;

/** Days in a cohort. */
record Stay(int start, int end) {}
