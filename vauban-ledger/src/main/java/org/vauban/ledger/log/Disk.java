package org.vauban.ledger.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The few things a log asks of a file system, so that tests can make each of them fail. */
interface Disk {

    byte[] read(Path file) throws IOException;

    boolean exists(Path path);

    /** Every regular file under the folder; none when there is no such folder. */
    List<Path> filesUnder(Path folder) throws IOException;

    void createFolder(Path folder) throws IOException;

    /** Creates or overwrites the file and returns when its bytes are on the disk. */
    void writeDurably(Path file, byte[] bytes) throws IOException;

    /** Puts a file in its place in one step, replacing what was there; durable once the folder is. */
    void move(Path from, Path to) throws IOException;

    /** Returns when the folder's names are on the disk. */
    void makeNamesDurable(Path folder) throws NotDurableException;

    void delete(Path path) throws IOException;

    /**
     * The operating system could not bring data to the disk. It may have thrown the data away and will not say so again, so
     * there is no second try.
     */
    final class NotDurableException extends IOException {

        private static final long serialVersionUID = 1L;

        NotDurableException(IOException cause) {
            super("The disk did not confirm a write.", cause);
        }
    }
}
