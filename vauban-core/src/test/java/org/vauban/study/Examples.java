package org.vauban.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Finds the documented examples: what the manual shows is what the tests run. */
final class Examples {
    private Examples() {}

    static Path folder(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("vauban-core"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the repository");
        }
        return folder.resolve("docs/examples").resolve(name);
    }
}
