package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The use of one medicine by one person, on a line of days. The specification draws each rule as a line that a clinician can check.
 *
 * <p>The gap between two exposures is the first day of the next less the last day before, as DARWIN EU's DrugUtilisation counts it: 1
 * means that one begins on the day after the other ends.
 */
final class Episodes {
    private Episodes() {}

    /** Exposures, by first day, with those joined that have at most this gap between them. Overlapping ones always are. */
    static List<Stay> joined(List<Stay> exposures, int gapDays) {
        List<Stay> episodes = new ArrayList<>();
        for (Stay next : exposures) {
            if (!episodes.isEmpty() && next.start() - episodes.getLast().end() <= gapDays) {
                Stay before = episodes.removeLast();
                episodes.add(new Stay(before.start(), Math.max(before.end(), next.end())));
            } else {
                episodes.add(next);
            }
        }
        return List.copyOf(episodes);
    }

    /** Exposures that begin on a day of a stretch, up to the stretch's last day. */
    static List<Stay> within(List<Stay> exposures, Stay stretch) {
        return exposures.stream()
                .filter(exposure -> stretch.holds(exposure.start()))
                .map(exposure -> new Stay(exposure.start(), Math.min(exposure.end(), stretch.end())))
                .toList();
    }

    /**
     * Whether somebody who begins on a day is a new user: on none of so many days before there is an exposure. Those outside observation
     * count as well: who is known to have taken it is not new.
     *
     * @param washoutDays empty = ever
     */
    static boolean isNew(List<Stay> exposures, int day, OptionalInt washoutDays) {
        return exposures.stream()
                .filter(exposure -> exposure.start() < day)
                .noneMatch(exposure -> washoutDays.isEmpty() || exposure.end() >= day - washoutDays.getAsInt());
    }

    static int days(Stay stay) {
        return stay.end() - stay.start() + 1;
    }

    /** Days on which there is an exposure, each once. */
    static int daysCovered(List<Stay> exposures) {
        return joined(exposures, 0).stream().mapToInt(Episodes::days).sum();
    }

    /**
     * How long the use went on.
     *
     * @param days from the first day to the last one covered, or to the last one on which the end could have been seen
     * @param ended whether it was seen to end
     */
    record Persistence(int days, boolean ended) {
        @Override
        public String toString() {
            return "Persistence";
        }
    }

    /**
     * Use goes on until its last covered day before more than the grace days without an exposure. That is known only once those days were
     * followed, so everybody is followed for an end until so many days before the end of the follow-up; whose follow-up is shorter tells
     * nothing.
     *
     * @param exposures of the follow-up, the first on its first day
     */
    static Optional<Persistence> persistence(List<Stay> exposures, Stay followUp, int graceDays) {
        int lastDaySeen = followUp.end() - graceDays;
        if (lastDaySeen < followUp.start()) {
            return Optional.empty();
        }
        int end = joined(exposures, graceDays).getFirst().end();
        boolean ended = end <= lastDaySeen;
        return Optional.of(new Persistence((ended ? end : lastDaySeen) - followUp.start() + 1, ended));
    }
}
