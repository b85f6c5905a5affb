package org.vauban.procedure;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a request.
 *
 * @param step the step that it belongs to; empty after the last
 * @param outcome of a conclusion
 */
public record Event(Kind kind, String step, Optional<Outcome> outcome, Instant at) {
    /** What can happen. */
    public enum Kind {
        SUBMITTED,
        /** The body wants to know more: its clock stands still. */
        ASKED,
        /** The applicant has answered: the clock goes on. */
        ANSWERED,
        /** The body takes more time. */
        EXTENDED,
        /** The body has spoken. */
        CONCLUDED,
        /** The term has passed, and somebody notes what that means. */
        SILENCE_NOTED,
        /** The committee has refused, whatever the steps said. */
        REFUSED,
        /** The applicant wants a refusal to be looked at again. */
        APPEALED
    }
}
