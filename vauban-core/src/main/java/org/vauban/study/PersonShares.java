package org.vauban.study;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * What one person contributes to each calendar interval. In an interval a person stands in one age group: that of the first event, or
 * without one of the first day. So persons add up; days and events are counted at the age of their day.
 */
final class PersonShares {
    private final IntUnaryOperator ageGroup;
    private final int ageGroups;
    private final Map<Integer, Share> byInterval = new TreeMap<>();
    private int firstDay = Integer.MAX_VALUE;
    private int lastDay = Integer.MIN_VALUE;

    /**
     * @param ageGroups how many there are
     * @param ageGroup the group of a day, which must be one in which the person is of an age asked for
     */
    PersonShares(int ageGroups, IntUnaryOperator ageGroup) {
        this.ageGroups = ageGroups;
        this.ageGroup = ageGroup;
    }

    /** One interval's share. */
    static final class Share {
        private final int first;
        private int ofCase = -1;
        private final long[] days;
        private final long[] events;

        private Share(int first, int ageGroups) {
            this.first = first;
            this.days = new long[ageGroups];
            this.events = new long[ageGroups];
        }

        int group() {
            return isCase() ? ofCase : first;
        }

        boolean isCase() {
            return ofCase >= 0;
        }

        long days(int group) {
            return days[group];
        }

        long events(int group) {
            return events[group];
        }
    }

    /** The person belongs to the interval, from this day on. */
    void present(int interval, int day) {
        share(interval, day);
    }

    /** Days at risk within one year of age. */
    void atRisk(int interval, Stay days) {
        share(interval, days.start()).days[ageGroup.applyAsInt(days.start())] += days.end() - days.start() + 1;
    }

    void event(int interval, int day) {
        Share share = share(interval, day);
        int group = ageGroup.applyAsInt(day);
        share.events[group]++;
        if (share.ofCase < 0) {
            share.ofCase = group;
        }
    }

    /** The person has the outcome in the interval; seen on a second day, it is not counted again. */
    void ill(int interval, int day) {
        if (!share(interval, day).isCase()) {
            event(interval, day);
        }
    }

    /** Days by which the data are said to cover an interval. */
    void covers(Stay days) {
        firstDay = Math.min(firstDay, days.start());
        lastDay = Math.max(lastDay, days.end());
    }

    private Share share(int interval, int day) {
        return byInterval.computeIfAbsent(interval, _ -> new Share(ageGroup.applyAsInt(day), ageGroups));
    }

    Map<Integer, Share> byInterval() {
        return byInterval;
    }

    int firstDay() {
        return firstDay;
    }

    int lastDay() {
        return lastDay;
    }
}
