package org.vauban.producer;

import java.time.Instant;
import java.util.List;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.desk.Deposited;
import org.vauban.omop.EditionId;

/**
 * A delivery, as its producer sees it.
 *
 * @param editions those that hold its rows
 * @param isTakenBack when no later edition will
 */
public record Delivered(
        DepositId deposit, Instant received, Deposited.State state, List<EditionId> editions, boolean isTakenBack) {
    public Delivered {
        editions = List.copyOf(editions);
    }
}
