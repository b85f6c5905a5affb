package org.vauban.cohort.reference;

/** An observation period. */
record Period(int start, int end) {
    boolean covers(int day) {
        return start <= day && day <= end;
    }
}
