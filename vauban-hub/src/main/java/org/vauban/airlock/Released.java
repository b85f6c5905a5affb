package org.vauban.airlock;

import java.time.Instant;
import java.util.List;
import org.vauban.disclosure.Cleared;
import org.vauban.people.AccountId;
import org.vauban.permit.Permit;

/** An output that was cleared by the machine and approved by two people. Only {@link Airlock} makes one. */
public sealed interface Released permits ReleasedOutput {
    Output output();

    /** What disclosure control lets be seen of it. */
    Cleared content();

    Permit permit();

    /** The two who approved, in the order in which they did. */
    List<AccountId> reviewers();

    Instant at();

    /** The index of the release in the log. */
    long logIndex();
}
