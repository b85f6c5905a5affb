package org.vauban.ledger.witness;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vauban.ledger.note.Cosigner;
import org.vauban.ledger.note.Note;

/** The witness itself, whatever carries the questions to it. */
final class Witness implements AutoCloseable {

    private final WitnessFolder folder;
    private final Cosigner cosigner;
    private final Map<String, KnownLog> logs;
    private final Clock clock;

    private Witness(WitnessFolder folder, Cosigner cosigner, Clock clock) {
        this.folder = folder;
        this.cosigner = cosigner;
        this.clock = clock;
        this.logs = folder.logs().stream()
                .collect(Collectors.toUnmodifiableMap(log -> log.key().name(), Function.identity()));
    }

    static Witness open(Path directory, char[] passphrase, Clock clock) {
        WitnessFolder folder = WitnessFolder.open(directory);
        boolean opened = false;
        try {
            var witness = new Witness(folder, folder.cosigner(passphrase), clock);
            opened = true;
            return witness;
        } finally {
            if (!opened) {
                folder.close();
            }
        }
    }

    Answer answer(byte[] body) {
        Submission submission;
        try {
            submission = Submission.parse(body);
        } catch (IllegalArgumentException malformed) {
            return new Answer.Malformed(String.valueOf(malformed.getMessage()));
        }
        KnownLog log = logs.get(submission.head().origin());
        return log == null ? new Answer.UnknownLog() : log.answer(submission, cosigner, clock);
    }

    /** The last checkpoint that was cosigned of the log with this name: SHA-256 of its origin, in hexadecimal. */
    Optional<Note> latest(String nameOfLog) {
        return logs.values().stream()
                .filter(log -> KnownLog.nameOf(log.key().name()).equals(nameOfLog))
                .findFirst()
                .flatMap(KnownLog::latest);
    }

    @Override
    public void close() {
        folder.close();
    }
}
