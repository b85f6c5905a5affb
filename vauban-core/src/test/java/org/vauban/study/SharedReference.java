package org.vauban.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Finds the shared reference data beside the repository. A test that needs them says "not run" when they are absent. */
public final class SharedReference {
    private SharedReference() {}

    public static Path folder(String inside) {
        Optional<Path> shared = root().map(root -> root.resolve(inside)).filter(Files::exists);
        if (shared.isEmpty()) {
            Assumptions.abort("not run: the shared reference data is absent");
        }
        return shared.orElseThrow();
    }

    private static Optional<Path> root() {
        String named = System.getProperty("vauban.shared", System.getenv().getOrDefault("VAUBAN_SHARED", ""));
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("vauban-core"))) {
                return Optional.of(folder.resolveSibling("shared"));
            }
        }
        return Optional.empty();
    }
}
