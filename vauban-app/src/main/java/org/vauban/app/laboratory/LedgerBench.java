package org.vauban.app.laboratory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.vauban.ledger.entry.Commitment;
import org.vauban.ledger.entry.Header;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.ledger.entry.Phase;
import org.vauban.ledger.log.TileLog;
import org.vauban.ledger.note.InMemorySigner;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.verify.Trust;
import org.vauban.ledger.verify.Verifier;

/**
 * What the log costs on one disk: entries of the usual form in the batches of a busy hub and in large ones, each batch on the disk
 * under a signed checkpoint when it counts, and the verification of all of them.
 *
 * @param entries so many entries in all
 * @param batchesPerSecond entries a second in batches of {@value #BATCH}
 * @param writing seconds for the rest, in batches of {@value #BULK}
 * @param verifying seconds in which all are verified
 */
public record LedgerBench(long entries, double batchesPerSecond, double writing, double verifying) {

    /** Entries under one checkpoint when a hub is busy. */
    public static final int BATCH = 1_000;

    /** Entries at a time on the bulk path. */
    public static final int BULK = 1 << 16;

    private static final int BATCHES = 40;
    private static final double NANOSECONDS_IN_A_SECOND = 1e9;
    private static final String ORIGIN = "vauban.bench/log";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Writes and verifies so many entries in this folder, which must have no log yet. */
    public static LedgerBench in(Path folder, long entries) throws IOException {
        InMemorySigner signer = InMemorySigner.generate(ORIGIN, new SecureRandom());
        byte[] salt = Commitment.newSalt(new SecureRandom());
        double batched;
        double bulk;
        try (TileLog log = TileLog.open(folder, ORIGIN, signer)) {
            long first = Math.min((long) BATCHES * BATCH, entries);
            batched = first / write(log, first, BATCH, salt);
            bulk = write(log, entries, BULK, salt);
        }
        long began = System.nanoTime();
        boolean whole =
                new Verifier(Trust.in(VerifierKey.of(signer))).verify(folder).isWhole();
        double verifying = (System.nanoTime() - began) / NANOSECONDS_IN_A_SECOND;
        if (!whole) {
            throw new IllegalStateException("The log that was just written is not whole.");
        }
        return new LedgerBench(entries, batched, bulk, verifying);
    }

    /** Seconds until the log has so many entries. Making the entries is not counted. */
    private static double write(TileLog log, long until, int batch, byte[] salt) {
        long nanoseconds = 0;
        while (log.size() < until) {
            List<byte[]> made = new ArrayList<>();
            for (long index = log.size(); index < Math.min(log.size() + batch, until); index++) {
                made.add(entry(index, salt));
            }
            long began = System.nanoTime();
            log.append(made);
            nanoseconds += System.nanoTime() - began;
        }
        return nanoseconds / NANOSECONDS_IN_A_SECOND;
    }

    private static byte[] entry(long index, byte[] salt) {
        Header header = Header.of(START.plusMillis(index), "study-run", new Phase.Entered("done"), "a-5d41402abc4b2a76")
                .on("n-" + Long.toString(index, Character.MAX_RADIX))
                .under("p-2026-007", "research");
        return new LogEntry(header, Commitment.of(salt, Long.toString(index).getBytes(UTF_8))).encode();
    }
}
