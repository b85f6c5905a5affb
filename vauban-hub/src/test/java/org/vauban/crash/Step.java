package org.vauban.crash;

import java.nio.file.Path;

/** One change of a disk or of the database, or one thing that the hub said was done, in the order in which they happened. */
sealed interface Step {
    record NewFolder(Path path, int node) implements Step {}

    record NewFile(Path path, int node) implements Step {}

    @SuppressWarnings("ArrayRecordComponent") // Kept, compared by nobody.
    record Write(int node, int at, byte[] bytes) implements Step {}

    record Cut(int node, int size) implements Step {}

    record Rename(Path from, Path to) implements Step {}

    record Delete(Path path) implements Step {}

    record SyncContent(int node) implements Step {}

    record SyncNames(Path folder) implements Step {}

    /** A sync that failed: what was to be synced is in memory still, and will never be on the disk. */
    record LoseContent(int node) implements Step {}

    /** The same for the names in a folder. */
    record LoseNames(Path folder) implements Step {}

    /** A commit of the control plane; a crash may tear it. */
    record Commit(DatabaseFiles before, DatabaseFiles after) implements Step {}

    /** The hub said that something is done. From here on it may not be lost. */
    record Acknowledged(Fact fact) implements Step {}
}
