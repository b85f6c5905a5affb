package org.vauban.output;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is to be known of a design before its estimates are read: each question with what was found, the limit that the study set before,
 * and the answer.
 *
 * @param outcome the outcome's label
 * @param persons whom the design is about
 * @param checks in the order in which they are read
 */
public record DesignChecks(String name, String outcome, PersonSet persons, List<Check> checks) implements RawOutput {
    public DesignChecks {
        OutputName.name(name);
        OutputName.label(outcome);
        checks = List.copyOf(checks);
    }

    /**
     * One question.
     *
     * @param about the exposure or the outcome that it is asked of
     * @param found what was found; nothing when the check could not run
     * @param limit beyond which the answer is that it must not be read
     * @param counted the persons behind what was found, among those of the design
     */
    public record Check(
            Question question, String about, Answer answer, Optional<Found> found, double limit, PersonSet counted) {
        public Check {
            OutputName.label(about);
            if (found.isEmpty() != (answer == Answer.NOT_RUN)) {
                throw new IllegalArgumentException("A check that ran has found something, and no other");
            }
        }

        @Override
        public String toString() {
            return "Check[" + question + ", " + about + "]";
        }
    }

    /** A figure, with its limits where chance can move it. */
    public record Found(double value, OptionalDouble low, OptionalDouble high) {
        public Found(double value) {
            this(value, OptionalDouble.empty(), OptionalDouble.empty());
        }

        @Override
        public String toString() {
            return "Found";
        }
    }

    /** What is asked. */
    public enum Question {
        /** The rate just before observation ends early, against other days: does the outcome end observation? */
        EVENT_DEPENDENT_OBSERVATION,
        /** The rate just before an exposure, against other days: does the outcome change who is exposed? */
        EVENT_DEPENDENT_EXPOSURE,
        /** The factor by which the rate of a month is typically off: does it change in a way that the model does not know? */
        TIME_TREND,
        /** The smallest ratio that the events suffice to detect. */
        DETECTABLE_RATIO,
        /** The share of exposed time on which the outcome could not have happened, because the exposure was still to come. */
        IMMORTAL_TIME
    }

    /** What the limit says. */
    public enum Answer {
        KEPT,
        CROSSED,
        NOT_RUN
    }

    /** Whether a limit that was decided before is crossed. */
    public boolean mustNotBeRead() {
        return checks.stream().anyMatch(check -> check.answer() == Answer.CROSSED);
    }

    @Override
    public String toString() {
        return "DesignChecks[" + name + ", " + checks.size() + " checks]";
    }
}
