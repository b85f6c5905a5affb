package org.vauban.study;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How one new user takes the medicine.
 *
 * @param person the edition's person
 * @param followUp from the first day of use to the last day that is looked at
 * @param exposures those that begin in the follow-up, cut at its end, by first day; the first one on its first day
 * @param episodes exposures joined
 * @param sinceTarget days from the entry into the target cohort to the first day of use, if there is a target
 */
record Use(long person, Stay followUp, List<Stay> exposures, List<Stay> episodes, OptionalInt sinceTarget) {
    /** What comes first after an episode. */
    enum Change {
        RESTARTED,
        SWITCHED,
        /** Both on one day. */
        BOTH
    }

    static Use of(long person, Stay followUp, List<Stay> exposuresObserved, int gapDays, OptionalInt sinceTarget) {
        List<Stay> exposures = Episodes.within(exposuresObserved, followUp);
        return new Use(person, followUp, exposures, Episodes.joined(exposures, gapDays), sinceTarget);
    }

    int daysOfFirstEpisode() {
        return Episodes.days(episodes.getFirst());
    }

    /** Days in an episode, the gaps inside it counted. */
    int daysTreated() {
        return episodes.stream().mapToInt(Episodes::days).sum();
    }

    /** Days without treatment between the first episode and the second, if there is one. */
    OptionalInt firstGap() {
        return episodes.size() < 2
                ? OptionalInt.empty()
                : OptionalInt.of(episodes.get(1).start() - episodes.getFirst().end() - 1);
    }

    /** The share of so many days from the start on which there is an exposure; known of who is followed on all of them. */
    OptionalDouble shareCovered(int days) {
        var stretch = new Stay(followUp.start(), followUp.start() + days - 1);
        return stretch.end() > followUp.end()
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) Episodes.daysCovered(Episodes.within(exposures, stretch)) / days);
    }

    Optional<Episodes.Persistence> persistence(int graceDays) {
        return Episodes.persistence(exposures, followUp, graceDays);
    }

    /** Whether the first episode ended and so many days after it were followed. */
    boolean isFollowedAfterFirstEpisode(int days) {
        return episodes.getFirst().end() + days <= followUp.end();
    }

    /**
     * The first change after the first episode.
     *
     * @param change what came
     * @param day how many days after the last day of the episode
     */
    record FirstChange(Change change, int day) {
        @Override
        public String toString() {
            return "FirstChange";
        }
    }

    /**
     * What came first after the last day of the first episode: the next one, or another medicine that begins.
     *
     * @param others exposures to other medicines
     */
    Optional<FirstChange> firstChange(List<Stay> others) {
        int end = episodes.getFirst().end();
        OptionalInt restart = episodes.size() < 2
                ? OptionalInt.empty()
                : OptionalInt.of(episodes.get(1).start() - end);
        OptionalInt switched = others.stream()
                .mapToInt(Stay::start)
                .filter(day -> day > end && day <= followUp.end())
                .map(day -> day - end)
                .min();
        if (restart.isEmpty() && switched.isEmpty()) {
            return Optional.empty();
        }
        int restartDay = restart.orElse(Integer.MAX_VALUE);
        int switchDay = switched.orElse(Integer.MAX_VALUE);
        return Optional.of(
                restartDay == switchDay
                        ? new FirstChange(Change.BOTH, restartDay)
                        : restartDay < switchDay
                                ? new FirstChange(Change.RESTARTED, restartDay)
                                : new FirstChange(Change.SWITCHED, switchDay));
    }

    @Override
    public String toString() {
        return "Use";
    }
}
