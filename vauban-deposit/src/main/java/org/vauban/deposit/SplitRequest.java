package org.vauban.deposit;

import java.nio.file.Path;
import java.util.Optional;
import org.vauban.deposit.envelope.Kind;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.deposit.envelope.RecipientKey;
import org.vauban.deposit.envelope.Zone;

/**
 * What is to be split.
 *
 * @param folder of the producer's files
 * @param producer its name at the hub
 * @param kind of the files; found out when nothing is said
 * @param hubKey the public key of the warehouse
 * @param identityKey the public key of the identity zone
 * @param spool takes the two envelopes; empty, or that of an interrupted deposit
 * @param recordMap takes {@code producer,record,local_id}, for measuring linkage; stays with the producer
 * @param rejects takes the rows that cannot be used
 * @param partBytes content of one part, about
 */
public record SplitRequest(
        Path folder,
        String producer,
        Optional<Kind> kind,
        RecipientKey hubKey,
        RecipientKey identityKey,
        Path spool,
        Optional<Path> recordMap,
        Path rejects,
        long partBytes) {
    public static final long PART_BYTES_DEFAULT = 64 << 20;

    public SplitRequest {
        Manifest.requireProducer(producer);
        if (hubKey.zone() != Zone.HEALTH || identityKey.zone() != Zone.IDENTITY || partBytes < 1) {
            throw new IllegalArgumentException("Each key is for its own zone, and a part holds at least a byte");
        }
    }
}
