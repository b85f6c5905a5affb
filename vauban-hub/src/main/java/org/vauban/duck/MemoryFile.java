package org.vauban.duck;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * A file without a disk: it lives in this process's memory, has a path that DuckDB can open, and vanishes when it is closed or the
 * process dies, however it dies. Once sealed nobody can change it, SQL included. Linux only.
 */
public final class MemoryFile implements AutoCloseable {
    private final int descriptor;
    private boolean closed;

    private MemoryFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Makes an empty memory file. */
    public static MemoryFile create() {
        try {
            return new MemoryFile(LinuxMemory.create("vauban"));
        } catch (IOException | UnsatisfiedLinkError refused) {
            throw Problem.of(ProblemCode.MEMORY_FILES_ABSENT)
                    .found(String.valueOf(refused.getMessage()))
                    .exception(refused);
        }
    }

    /** Where this process finds the file; another process finds nothing there. */
    public Path path() {
        return Path.of("/proc/self/fd/" + descriptor);
    }

    public long size() {
        try {
            return Files.size(path());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Writes from the beginning of the file. */
    public OutputStream outputStream() {
        try {
            return Channels.newOutputStream(FileChannel.open(path(), StandardOpenOption.WRITE));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Copies the whole content. */
    public void writeTo(OutputStream out) throws IOException {
        Files.copy(path(), out);
    }

    /** From now on the file can neither be written, nor grow, nor shrink. */
    public MemoryFile sealed() {
        try {
            LinuxMemory.seal(descriptor);
            return this;
        } catch (IOException refused) {
            throw Problem.of(ProblemCode.MEMORY_FILES_ABSENT)
                    .found(String.valueOf(refused.getMessage()))
                    .exception(refused);
        }
    }

    /** Empties the file, so that it can take the next content. */
    public void clear() {
        try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.WRITE)) {
            channel.truncate(0);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Gives the memory back. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            LinuxMemory.close(descriptor);
        }
    }
}
