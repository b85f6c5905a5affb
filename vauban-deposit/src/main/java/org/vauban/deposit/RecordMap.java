package org.vauban.deposit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which record number stands for which of the producer's own ids, when the producer asks for it: to measure linkage, never to be sent. */
final class RecordMap implements AutoCloseable {
    private final @Nullable Writer writer;
    private final String producer;

    RecordMap(Optional<Path> file, String producer) {
        this.producer = producer;
        try {
            writer = file.isPresent() ? Files.newBufferedWriter(file.get(), StandardCharsets.UTF_8) : null;
            if (writer != null) {
                writer.write("producer,record,local_id\n");
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    void add(long record, String localId) {
        if (writer != null) {
            try {
                writer.write(producer + ',' + record + ',' + quoted(localId) + '\n');
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    }

    private static String quoted(String text) {
        return text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\n') < 0
                ? text
                : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        if (writer != null) {
            try {
                writer.close();
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    }
}
