package org.vauban.synth;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Where the repository is, and the shared reference data beside it when they are there. */
final class RepositoryFolders {
    private RepositoryFolders() {}

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("vauban-core"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("run the tests from inside the repository");
        }
        return folder;
    }

    static Path shared() {
        Path shared = Optional.ofNullable(System.getProperty("vauban.shared"))
                .or(() -> Optional.ofNullable(System.getenv("VAUBAN_SHARED")))
                .map(Path::of)
                .orElse(root().resolveSibling("shared"));
        if (!Files.isDirectory(shared)) {
            Assumptions.abort("not run: the shared reference data is absent");
        }
        return shared;
    }
}
