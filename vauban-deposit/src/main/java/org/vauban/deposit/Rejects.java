package org.vauban.deposit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The rows that could not be used: file, line, column and what was expected; never a value. Made when the first one comes. Safe for many threads. */
final class Rejects implements AutoCloseable {
    private final Path file;
    private @Nullable Writer writer;

    Rejects(Path file) {
        this.file = file;
    }

    synchronized void add(SourceFile source, long line, String column, String expected, String found) {
        try {
            if (writer == null) {
                writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                writer.write("file,line,column,expected,found\n");
            }
            writer.write(quoted(source.name())
                    + ','
                    + line
                    + ','
                    + quoted(column)
                    + ','
                    + quoted(expected)
                    + ','
                    + quoted(found)
                    + '\n');
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public synchronized void close() {
        if (writer != null) {
            try {
                writer.close();
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    }
}
