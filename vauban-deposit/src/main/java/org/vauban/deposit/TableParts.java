package org.vauban.deposit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.deposit.envelope.PartWriter;
import org.vauban.deposit.envelope.TableLine;

/** Writes the rows of one table into as many parts as it takes; each CSV part begins with the header. For one thread. */
final class TableParts implements AutoCloseable {
    private final Envelope envelope;
    private final TableLine table;
    private final Optional<byte[]> header;
    private final List<Manifest.Part> finished = new ArrayList<>();
    private @Nullable PartWriter writer;
    private long written;

    /**
     * Begins a table.
     *
     * @param header the header row with its line end, for CSV
     */
    TableParts(Envelope envelope, TableLine table, Optional<byte[]> header) {
        this.envelope = envelope;
        this.table = table;
        this.header = header;
    }

    /** Writes whole rows with their line ends. */
    void rows(byte[] bytes, int from, int to) {
        try {
            if (writer == null) {
                writer = envelope.part(table);
                written = 0;
                if (header.isPresent()) {
                    writer.write(header.get(), 0, header.get().length);
                }
            }
            writer.write(bytes, from, to - from);
            written += to - from;
            if (written >= envelope.partBytes()) {
                finishPart(writer);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Ends the table; its parts are durable. A table without a row still has its header. */
    List<Manifest.Part> finish() {
        try {
            if (finished.isEmpty() && writer == null) {
                rows(new byte[0], 0, 0);
            }
            if (writer != null) {
                finishPart(writer);
            }
            return List.copyOf(finished);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void finishPart(PartWriter open) throws IOException {
        writer = null;
        finished.add(open.finish());
    }

    /** Drops what was not finished; the envelope removes the files of parts that no manifest will name. */
    @Override
    public void close() {
        if (writer != null) {
            try {
                writer.close();
            } catch (IOException _) {
                // The part is given up.
            }
        }
    }
}
