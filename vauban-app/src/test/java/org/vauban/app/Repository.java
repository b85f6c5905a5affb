package org.vauban.app;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the sources are. */
public final class Repository {
    private Repository() {}

    /** The folder that holds the modules, from the working directory upwards. */
    public static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("vauban-core"))) {
                return folder;
            }
        }
        throw new IllegalStateException("The tests run inside the repository");
    }
}
