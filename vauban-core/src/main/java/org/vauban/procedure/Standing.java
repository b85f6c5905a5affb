package org.vauban.procedure;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * Where a request stands.
 *
 * @param step the step that is open, or that ended the request
 * @param clock of an open step that has a term
 * @param answerBy the day by which the applicant should answer
 * @param possible what may happen next
 */
public record Standing(
        State state,
        Optional<Step> step,
        Optional<Clock> clock,
        Optional<LocalDate> answerBy,
        Set<Event.Kind> possible) {
    /** In short. */
    public enum State {
        /** A body is at it. */
        UNDER_REVIEW,
        /** The applicant has been asked something. */
        WAITING,
        /** Every step is behind it: a member of the committee may grant or refuse. */
        READY,
        /** A step ended it. */
        REFUSED
    }

    /**
     * The time a body has.
     *
     * @param began the day on which its term began
     * @param due the last day of it, as things are now
     * @param stopped the day since which it stands still
     * @param overdue true after the last day
     */
    public record Clock(LocalDate began, LocalDate due, Optional<LocalDate> stopped, boolean overdue) {
        /** How many working days lie between today and the last day, which is counted; how many have passed since it when it is over. */
        public int workingDays(LocalDate today) {
            return overdue ? WorkingDays.between(due, today) : WorkingDays.between(today, due);
        }
    }

    public Standing {
        possible = Set.copyOf(possible);
    }

    public boolean isReady() {
        return state == State.READY;
    }
}
