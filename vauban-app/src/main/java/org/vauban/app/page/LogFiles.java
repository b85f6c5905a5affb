package org.vauban.app.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.vauban.hub.Hub;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.tree.TilePath;

/** The log's public files. Tiles hold hashes and headers only; the bodies of entries are sealed elsewhere. */
@Component
final class LogFiles {
    private final Path folder;
    private final String key;

    LogFiles(Hub hub) {
        this.folder = hub.ledgerFolder();
        this.key = hub.home().settings().ledgerKey();
    }

    /** The key that checkpoints are signed with, in the form verifiers pass on. */
    String key() {
        return key;
    }

    SignedCheckpoint checkpoint() {
        return SignedCheckpoint.parse(
                bytes("checkpoint").orElseThrow(() -> new IllegalStateException("The log has no checkpoint")));
    }

    /** A tile or bundle, if the path is one and it is there. No other file is ever served. */
    Optional<byte[]> tile(String path) {
        return TilePath.parse(path).flatMap(tile -> bytes(tile.toString()));
    }

    private Optional<byte[]> bytes(String path) {
        Path file = folder.resolve(path);
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
