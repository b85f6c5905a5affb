package org.vauban.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The few file operations that sealed things are kept with, so that tests can lose, tear and fail each of them.
 *
 * <p>Nothing is durable before it is synced: content by {@link NewFile#sync}, names by {@link #syncFolder}. A sync that failed is not
 * tried again: the system may have thrown the data away, and would say "done" the second time.
 */
public interface Disk {
    /** Makes a folder, durably; does nothing when it is there. */
    void createFolder(Path folder) throws IOException;

    /** Makes a file that is not there yet. */
    NewFile create(Path file) throws IOException;

    InputStream read(Path file) throws IOException;

    boolean exists(Path file) throws IOException;

    /** Gives a file another name in one step; a file of that name is replaced. */
    void rename(Path from, Path to) throws IOException;

    /** Makes the names in a folder durable. */
    void syncFolder(Path folder) throws IOException;

    void delete(Path file) throws IOException;

    /** The files and folders directly inside a folder, sorted; none when it is absent. */
    List<Path> list(Path folder) throws IOException;

    /** A file being written. */
    abstract class NewFile extends OutputStream {
        /** Makes the content durable. A failure is final: the file is given up, and the sync is never tried again. */
        public abstract void sync() throws IOException;
    }
}
