package org.vauban.desk;

import java.time.Instant;
import java.util.Locale;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.deposit.envelope.Kind;

/**
 * A deposit as the control plane knows it.
 *
 * @param parts how many sealed parts it has
 * @param bytes of all of them
 * @param logIndex the index at which its taking was concluded in the log
 */
public record Deposited(
        DepositId id,
        String producer,
        Kind kind,
        long parts,
        long bytes,
        State state,
        Instant received,
        long logIndex) {

    /** What became of it. */
    public enum State {
        /** Here, and in no edition yet. */
        RECEIVED,
        /** In an edition; its parts are gone. */
        CONSUMED,
        /** Taken back before it was in an edition; its parts are gone. */
        WITHDRAWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
