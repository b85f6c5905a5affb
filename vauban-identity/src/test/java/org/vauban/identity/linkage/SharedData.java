package org.vauban.identity.linkage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The shared reference data beside the repository, when it is there. */
public final class SharedData {

    private SharedData() {}

    /** A file of it; the test says “not run” without. */
    public static Path file(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("vauban-identity"))) {
            folder = folder.getParent();
        }
        Path beside = folder == null ? Path.of("shared") : folder.resolveSibling("shared");
        Path shared = Optional.ofNullable(System.getProperty("vauban.shared"))
                .or(() -> Optional.ofNullable(System.getenv("VAUBAN_SHARED")))
                .map(Path::of)
                .orElse(beside);
        Path file = shared.resolve("data").resolve(name);
        Assumptions.assumeTrue(Files.isRegularFile(file), "not run: the shared reference data is absent");
        return file;
    }
}
