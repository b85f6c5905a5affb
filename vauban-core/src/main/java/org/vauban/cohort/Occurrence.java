package org.vauban.cohort;

import java.util.Optional;

/**
 * How many events there must be.
 *
 * @param kind the comparison
 * @param count the number compared with
 * @param distinct counts different values of this instead of events
 */
public record Occurrence(Kind kind, int count, Optional<DistinctColumn> distinct) {

    /** The comparison of a number of events with the count. */
    public enum Kind {
        EXACTLY,
        AT_MOST,
        AT_LEAST
    }

    /** True when an index event without any matching event takes part: it has to, to be able to have none. */
    public boolean allowsNone() {
        return kind == Kind.AT_MOST || count == 0;
    }

    public boolean holds(long found) {
        return switch (kind) {
            case EXACTLY -> found == count;
            case AT_MOST -> found <= count;
            case AT_LEAST -> found >= count;
        };
    }
}
