package org.vauban.gate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.custody.Lease;
import org.vauban.permit.Grant;
import org.vauban.permit.Permits;
import org.vauban.problem.Problem;

/** Looks again and again whether the permit under which something runs still holds and its keys are still lent, and stops it when not. */
final class PermitWatch implements EvaluationProgress {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Permits permits;
    private final Grant grant;
    private final Lease lease;
    private final Clock clock;
    private final EvaluationProgress progress;
    private volatile Instant next;
    private volatile Optional<Problem> lapse = Optional.empty();

    PermitWatch(Permits permits, Grant grant, Lease lease, Clock clock, EvaluationProgress progress) {
        this.permits = permits;
        this.grant = grant;
        this.lease = lease;
        this.clock = clock;
        this.progress = progress;
        this.next = clock.instant().plus(BETWEEN_LOOKS);
    }

    @Override
    public void bucketDone(int done, int buckets) {
        progress.bucketDone(done, buckets);
    }

    @Override
    public boolean isCancelled() {
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
            look(now);
        }
        return lapse.isPresent() || progress.isCancelled();
    }

    /** Why the work must stop, looked at now. */
    Optional<Problem> lapse() {
        look(clock.instant());
        return lapse;
    }

    private void look(Instant now) {
        next = now.plus(BETWEEN_LOOKS);
        if (lapse.isEmpty()) {
            lapse = permits.lapse(grant, now).or(lease::lapse);
        }
    }
}
