package org.vauban.care;

import java.nio.file.Path;
import org.vauban.vault.Spill;

/**
 * Where a home keeps its files; a copy of it has the same rooms.
 *
 * @param home the folder
 * @param ledger the log, which may lie on another disk
 */
public record Rooms(Path home, Path ledger) {
    static Rooms ofCopy(Path folder) {
        return new Rooms(folder, folder.resolve("ledger"));
    }

    Path database() {
        return home.resolve("control.sqlite");
    }

    Path objects() {
        return home.resolve("vault").resolve("objects");
    }

    Path editions() {
        return home.resolve("vault").resolve("editions");
    }

    /** Rows of a publication that is going on, sealed under a key that ends with it. */
    Path spill() {
        return home.resolve("vault").resolve(Spill.FOLDER);
    }

    /** Public data, in plain. */
    Path vocabulary() {
        return home.resolve("vocabulary");
    }

    Path settings() {
        return home.resolve("home.json");
    }

    Path deposits() {
        return home.resolve("deposits");
    }
}
