package org.vauban.ledger.witness;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.vauban.ledger.History;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.VerifierKey;

/** Witnesses in a temporary folder, and what logs send them. */
final class WitnessFixture {

    static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final String PASSPHRASE = "a witness never forgets";

    private WitnessFixture() {}

    static char[] passphrase() {
        return PASSPHRASE.toCharArray();
    }

    /** A witness that knows these logs. */
    static Witness create(Path folder, String name, VerifierKey... logs) {
        WitnessFolder.create(folder, name, passphrase(), new SecureRandom());
        try (WitnessFolder made = WitnessFolder.open(folder)) {
            for (VerifierKey log : logs) {
                made.add(log);
            }
        }
        return open(folder);
    }

    static Witness open(Path folder) {
        return Witness.open(folder, passphrase(), NOON);
    }

    /** What an honest log sends: the checkpoint of this size with the proof from the old one. */
    static byte[] submission(History history, long old, int size) {
        return submission(old, history, old, size, history.checkpoint(size));
    }

    /** What a log sends that says one thing and proves another. */
    static byte[] submission(long claimed, History history, long old, int size, SignedCheckpoint checkpoint) {
        return new Submission(claimed, history.proof(old, size).path(), checkpoint.note()).encode();
    }
}
