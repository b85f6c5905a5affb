package org.vauban.cohort;

import java.util.OptionalInt;

/**
 * Days around an index event, both bounds allowed.
 *
 * @param start the first day
 * @param end the last day
 * @param fromIndexEnd counts from the index event's end instead of its start
 * @param ofEventEnd looks at the counted event's end instead of its start
 */
public record EventWindow(Bound start, Bound end, boolean fromIndexEnd, boolean ofEventEnd) {

    /**
     * One bound.
     *
     * @param days distance from the index day; without it the bound is the start or end of the index event's observation period,
     *     or nowhere when observation periods are ignored
     * @param before whether it lies before the index day
     */
    public record Bound(OptionalInt days, boolean before) {
        /** Days from the index day, negative before it. */
        public OptionalInt offset() {
            return days.isEmpty() ? days : OptionalInt.of(before ? -days.getAsInt() : days.getAsInt());
        }
    }
}
