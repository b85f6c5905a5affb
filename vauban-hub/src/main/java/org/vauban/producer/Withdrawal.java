package org.vauban.producer;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.omop.EditionId;
import org.vauban.permit.PermitId;

/**
 * What a producer took back.
 *
 * @param delivery one, or everything that it gave and might still give
 * @param editions hold rows of it: no new permit covers them
 * @param permits in force that cover such an edition
 * @param inForce what somebody decided about these permits, once somebody has
 */
public record Withdrawal(
        WithdrawalId id,
        String producer,
        Optional<DepositId> delivery,
        Instant asked,
        List<EditionId> editions,
        List<PermitId> permits,
        Optional<InForce> inForce) {
    public Withdrawal {
        editions = List.copyOf(editions);
        permits = List.copyOf(permits);
    }

    /** What becomes of the work under permits that were granted before; the producer's agreement says which. */
    public enum InForce {
        /** It goes on to each permit's own end. */
        CONTINUE,
        /** It ends now: the editions are read under no permit. */
        END;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<InForce> named(String word) {
            return Arrays.stream(values())
                    .filter(each -> each.word().equals(word))
                    .findFirst();
        }
    }
}
