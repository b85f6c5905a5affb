package org.vauban.custody;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.vauban.custodian.Custodian;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemException;

/**
 * The right to work under a permit, lent by the custodian for thirty seconds at most and asked for again while the work goes on. What was
 * unwrapped under it is held no longer than it lasts. When the lender refuses or nobody answers, nothing more is unwrapped, and whoever
 * works finds out by {@link #lapse()}.
 *
 * <p>Safe for many threads: one asks, the others wait for the answer.
 */
public final class Lease {
    /** Early enough that work which is allowed to go on never waits without a lease. */
    private static final Duration ASKED_AGAIN_AFTER = Custodian.LEASE_MAX.dividedBy(2);

    private final Supplier<Duration> lender;
    private final Clock clock;
    private Instant asked = Instant.MAX;
    private Instant end = Instant.MIN;

    /**
     * Nothing is asked yet.
     *
     * @param lender says for how long, or refuses
     */
    public Lease(Supplier<Duration> lender, Clock clock) {
        this.lender = lender;
        this.clock = clock;
    }

    /**
     * Begins to hold keys that are asked for next.
     *
     * @return says whether they must be zeroed
     * @throws ProblemException when the right is not lent any more
     */
    public synchronized BooleanSupplier begin() {
        askAgainWhenDue();
        Instant untilThen = end;
        return () -> !clock.instant().isBefore(untilThen);
    }

    /** Why the work must stop, if it must. Asks only when half of the lease is over, so that it is cheap to ask often. */
    public synchronized Optional<Problem> lapse() {
        try {
            askAgainWhenDue();
            return Optional.empty();
        } catch (ProblemException gone) {
            return Optional.of(gone.problem());
        }
    }

    private void askAgainWhenDue() {
        Instant now = clock.instant();
        boolean isFresh = !now.isBefore(asked) && now.isBefore(asked.plus(ASKED_AGAIN_AFTER)) && now.isBefore(end);
        if (!isFresh) {
            // Counted from before the question: an answer that is slow to come makes no lease longer.
            end = now.plus(lender.get());
            asked = now;
        }
    }
}
