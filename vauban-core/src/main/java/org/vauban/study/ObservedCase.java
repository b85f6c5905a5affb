package org.vauban.study;

import java.util.List;

/**
 * One stretch of observation of somebody who had the outcome in it.
 *
 * @param born year of birth; 0 when no one asked
 * @param days the days that count
 * @param events days of outcomes, all in these days
 * @param courses by exposure: its courses, by start, whether observed or not
 */
record ObservedCase(long person, int born, Stay days, List<Integer> events, List<List<Stay>> courses) {
    ObservedCase {
        events = List.copyOf(events);
        courses = courses.stream().map(List::copyOf).toList();
    }

    @Override
    public String toString() {
        return "ObservedCase";
    }
}
