package org.vauban.people;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;

/**
 * Until when an account may act. Each year somebody else looks at whether it is still needed, and its person is trained; an account that
 * is new counts as looked at and trained on the day of its invitation.
 *
 * @param reviewed when somebody last looked at it
 * @param trained when the person was last trained
 */
public record Validity(LocalDate reviewed, LocalDate trained) {
    static final Period HOLDS = Period.ofYears(1);
    static final Period WARNED = Period.ofDays(30);

    public LocalDate reviewDue() {
        return reviewed.plus(HOLDS);
    }

    public LocalDate trainingDue() {
        return trained.plus(HOLDS);
    }

    /** From this day on the account may do nothing. */
    public LocalDate due() {
        return reviewDue().isBefore(trainingDue()) ? reviewDue() : trainingDue();
    }

    public boolean isOver(LocalDate today) {
        return !today.isBefore(due());
    }

    /** True in the days before, and ever after: then its person is told. */
    public boolean isNear(LocalDate today) {
        return !today.isBefore(due().minus(WARNED));
    }

    /** The day of a moment, as years are counted here. */
    public static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
