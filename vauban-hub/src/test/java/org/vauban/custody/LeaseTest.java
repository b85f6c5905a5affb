package org.vauban.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.vauban.hub.MutableClock;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** What is lent is held for thirty seconds and no longer, and asked for again in time. */
class LeaseTest {
    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T08:00:00Z"));
    private int asked;
    private boolean absent;
    private final Lease lease = new Lease(this::lend, clock);

    private Duration lend() {
        asked++;
        if (absent) {
            throw Problem.of(ProblemCode.KEYS_ABSENT).found("nowhere").exception();
        }
        return Duration.ofSeconds(30);
    }

    @Test
    void nothingIsAskedBeforeSomethingIsNeededAndThenOnceInFifteenSeconds() {
        assertThat(asked).isZero();

        lease.begin();
        clock.advance(Duration.ofSeconds(14));
        lease.begin();
        assertThat(lease.lapse()).isEmpty();
        assertThat(asked).isEqualTo(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(lease.lapse()).isEmpty();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void keysAreOverAfterThirtySecondsAlthoughTheLeaseWasRenewed() {
        BooleanSupplier isOver = lease.begin();

        clock.advance(Duration.ofSeconds(29));
        lease.lapse();
        assertThat(isOver.getAsBoolean()).isFalse();
        clock.advance(Duration.ofSeconds(1));

        assertThat(isOver.getAsBoolean()).isTrue();
        assertThat(lease.begin().getAsBoolean()).isFalse();
    }

    @Test
    void whoIsNotLentAgainIsToldAndGetsNothing() {
        lease.begin();
        absent = true;
        clock.advance(Duration.ofSeconds(15));

        assertThat(lease.lapse()).map(Problem::code).contains(ProblemCode.KEYS_ABSENT);
        refusesWith(ProblemCode.KEYS_ABSENT, lease::begin);
    }

    @Test
    void whoeverIsBackIsAskedAgain() {
        absent = true;
        assertThat(lease.lapse()).isPresent();
        absent = false;

        assertThat(lease.lapse()).isEmpty();
    }
}
