package org.vauban.care;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.vauban.disk.Disk;

/** Puts a file in its place in one step; it is there for good when this returns. */
final class DurableFile {
    private static final String UNFINISHED = ".unfinished-";

    private final Disk disk;

    DurableFile(Disk disk) {
        this.disk = disk;
    }

    void put(Path file, InputStream content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("a file has a folder");
        }
        disk.createFolder(folder);
        Path unfinished = folder.resolve(UNFINISHED + file.getFileName());
        disk.delete(unfinished);
        try (Disk.NewFile written = disk.create(unfinished)) {
            content.transferTo(written);
            written.sync();
        }
        disk.rename(unfinished, file);
        disk.syncFolder(folder);
    }
}
