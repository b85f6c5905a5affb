package org.vauban.study;

/** Days in a row, first and last counted, from 1970-01-01. */
record Stay(int start, int end) {
    boolean holds(int day) {
        return start <= day && day <= end;
    }

    boolean meets(Stay other) {
        return start <= other.end && other.start <= end;
    }
}
