package org.vauban.synth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders that appear under their names only when all of them are complete, and never in the place of others.
 *
 * @param out the folder that gets them
 */
record NewFolders(Path out, List<String> names) {
    private static final String UNFINISHED = ".part";

    NewFolders {
        names = List.copyOf(names);
    }

    /** Fills the folders and shows them; nothing half made stays. */
    <T> T fill(Work<T> work) throws IOException {
        for (String name : names) {
            if (Files.exists(out.resolve(name))) {
                throw new WrongInput(
                        "OUTPUT_EXISTS",
                        out.resolve(name) + " exists already; choose another --out or remove it",
                        out.resolve(name) + " existe déjà ; choisissez un autre --out ou supprimez-le");
            }
        }
        try {
            removeUnfinished();
            T done = work.fill();
            for (String name : names) {
                Files.move(unfinished(name), out.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
            return done;
        } finally {
            removeUnfinished();
        }
    }

    /** Where a folder is while it is being filled. */
    Path unfinished(String name) {
        return out.resolve(name + UNFINISHED);
    }

    private void removeUnfinished() throws IOException {
        for (String name : names) {
            if (Files.exists(unfinished(name))) {
                try (Stream<Path> found = Files.walk(unfinished(name))) {
                    for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        }
    }

    /** What fills the folders. */
    interface Work<T> {
        T fill() throws IOException;
    }
}
