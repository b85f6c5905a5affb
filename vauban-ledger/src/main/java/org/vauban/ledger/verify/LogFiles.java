package org.vauban.ledger.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vauban.ledger.tree.EntryBundle;
import org.vauban.ledger.tree.Hash;
import org.vauban.ledger.tree.TilePath;

/** The files of a log as they lie there. */
final class LogFiles {

    private final Path folder;

    LogFiles(Path folder) {
        this.folder = folder;
    }

    Optional<byte[]> checkpoint() throws IOException {
        return read("checkpoint");
    }

    /** The last checkpoint that enough witnesses cosigned, as the log's writer kept it. */
    Optional<byte[]> witnessed() throws IOException {
        return read("witnessed");
    }

    /**
     * The tile or bundle at this place. While a log grows, a partial tile may be gone because the full one is there: then it is
     * the beginning of that one.
     */
    Optional<byte[]> tile(TilePath path) throws IOException {
        Optional<byte[]> exact = read(path.toString());
        if (exact.isPresent() || !path.isPartial()) {
            return exact;
        }
        TilePath full = new TilePath(path.level(), path.index(), TilePath.FULL);
        return read(full.toString()).map(bytes -> beginning(bytes, path));
    }

    /** Paths below {@code tile/}, relative to the log's folder, in a fixed order. */
    List<String> tilePaths() throws IOException {
        Path tiles = folder.resolve("tile");
        if (!Files.isDirectory(tiles)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(tiles)) {
            return paths.filter(path -> !Files.isDirectory(path))
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private Optional<byte[]> read(String path) throws IOException {
        Path file = folder.resolve(path);
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    private static byte[] beginning(byte[] full, TilePath path) {
        if (path.level() == TilePath.ENTRIES) {
            return EntryBundle.encode(EntryBundle.decode(full).entries().stream()
                    .limit(path.width())
                    .toList());
        }
        return Arrays.copyOf(full, Math.min(full.length, path.width() * Hash.LENGTH));
    }
}
