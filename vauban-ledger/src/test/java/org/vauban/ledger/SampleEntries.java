package org.vauban.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.vauban.ledger.entry.Commitment;
import org.vauban.ledger.entry.Header;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.ledger.entry.Phase;
import org.vauban.ledger.note.InMemorySigner;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.tree.Hash;

/** Entries, a key and a log name that are the same in each run. */
public final class SampleEntries {

    public static final String ORIGIN = "hub.example/log";

    /** The key of the sample log: its seed is the hash of these words. */
    public static final InMemorySigner SIGNER = InMemorySigner.ofSeed(
            ORIGIN, Hash.leaf("the sample log's seed".getBytes(UTF_8)).bytes());

    public static final VerifierKey KEY = VerifierKey.of(SIGNER);

    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    private static final Map<Long, byte[]> MADE = new ConcurrentHashMap<>();

    private SampleEntries() {}

    /** Entry number {@code index} of the sample log: every third act is begun, then concluded, then something is entered. */
    public static byte[] entry(long index) {
        return MADE.computeIfAbsent(index, SampleEntries::make).clone();
    }

    /** Entries {@code first} to {@code end - 1} of the sample log. */
    public static List<byte[]> entries(long first, long end) {
        List<byte[]> entries = new ArrayList<>();
        for (long index = first; index < end; index++) {
            entries.add(entry(index));
        }
        return entries;
    }

    private static byte[] make(long index) {
        Phase phase = switch ((int) (index % 3)) {
            case 0 -> new Phase.Begun();
            case 1 -> new Phase.Concluded(index - 1, "cleared");
            default -> new Phase.Entered("PERMIT_EXPIRED");
        };
        Header header = Header.of(START.plusMillis(index * 250), "study.run", phase, "a-5d41402abc4b2a76")
                .on("study/" + index / 3)
                .under("p-2026-007", "pharmacovigilance");
        byte[] salt = Hash.leaf(("salt " + index).getBytes(UTF_8)).bytes();
        return new LogEntry(header, Commitment.of(salt, ("body " + index).getBytes(UTF_8))).encode();
    }
}
