package org.vauban.airlock;

import java.time.Instant;
import java.util.List;
import org.vauban.disclosure.Cleared;
import org.vauban.people.AccountId;
import org.vauban.permit.Permit;

/** The only released output there is. */
record ReleasedOutput(
        Output output, Cleared content, Permit permit, List<AccountId> reviewers, Instant at, long logIndex)
        implements Released {
    ReleasedOutput {
        reviewers = List.copyOf(reviewers);
        if (reviewers.stream().distinct().count() != Airlock.REVIEWS) {
            throw new IllegalArgumentException("A release has two reviewers");
        }
    }
}
