package org.vauban.worker.pipe;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes messages as {@code docs/formats/worker.md} describes them. */
final class MessageWriter {
    static final int TABLE = 1;
    static final int ROWS = 2;
    static final int STATEMENT = 3;
    static final int READY = 17;
    static final int HEADER = 18;
    static final int LINES = 19;
    static final int END = 20;
    static final int FAILED = 21;

    static final int INTS = 1;
    static final int LONGS = 2;
    static final int DOUBLES = 3;
    static final int TEXTS = 4;

    /** The length of a text that is not there. */
    static final int NO_TEXT = -1;

    private final DataOutputStream out;

    private MessageWriter(DataOutputStream out) {
        this.out = out;
    }

    static void write(Message message, DataOutputStream out) throws IOException {
        new MessageWriter(out).write(message);
    }

    private void write(Message message) throws IOException {
        switch (message) {
            case Message.Table table -> table(table);
            case Message.Rows rows -> rows(rows);
            case Message.Statement(String sql, int rowsMax, long bytesMax) -> {
                out.writeByte(STATEMENT);
                text(sql);
                out.writeInt(rowsMax);
                out.writeLong(bytesMax);
            }
            case Message.Ready ready -> ready(ready);
            case Message.Header header -> header(header);
            case Message.Lines lines -> lines(lines);
            case Message.End(Cut cut) -> {
                out.writeByte(END);
                out.writeByte(cut.ordinal());
            }
            case Message.Failed(Failure failure, int position) -> {
                out.writeByte(FAILED);
                out.writeByte(failure.ordinal());
                out.writeInt(position);
            }
        }
    }

    private void table(Message.Table table) throws IOException {
        out.writeByte(TABLE);
        text(table.name());
        out.writeShort(table.columns().size());
        for (Message.Table.Column column : table.columns()) {
            text(column.name());
            out.writeByte(column.type().ordinal());
        }
    }

    private void rows(Message.Rows rows) throws IOException {
        out.writeByte(ROWS);
        out.writeInt(rows.size());
        out.writeShort(rows.columns().size());
        for (Values column : rows.columns()) {
            values(column);
        }
    }

    private void values(Values column) throws IOException {
        switch (column) {
            case Values.Ints(int[] values) -> {
                out.writeByte(INTS);
                for (int value : values) {
                    out.writeInt(value);
                }
            }
            case Values.Longs(long[] values) -> {
                out.writeByte(LONGS);
                for (long value : values) {
                    out.writeLong(value);
                }
            }
            case Values.Doubles(double[] values) -> {
                out.writeByte(DOUBLES);
                for (double value : values) {
                    out.writeDouble(value);
                }
            }
            case Values.Texts(@Nullable String[] values) -> {
                out.writeByte(TEXTS);
                for (String value : values) {
                    textOrNothing(value);
                }
            }
        }
    }

    private void ready(Message.Ready ready) throws IOException {
        out.writeByte(READY);
        out.writeByte(ready.guards().size());
        for (Map.Entry<Guard, Boolean> guard : ready.guards().entrySet()) {
            out.writeByte(guard.getKey().ordinal());
            out.writeBoolean(guard.getValue());
        }
    }

    private void header(Message.Header header) throws IOException {
        out.writeByte(HEADER);
        out.writeShort(header.columns().size());
        for (Message.Header.Column column : header.columns()) {
            text(column.name());
            text(column.type());
        }
    }

    private void lines(Message.Lines lines) throws IOException {
        out.writeByte(LINES);
        out.writeInt(lines.lines().size());
        for (List<@Nullable String> line : lines.lines()) {
            out.writeShort(line.size());
            for (String value : line) {
                textOrNothing(value);
            }
        }
    }

    private void textOrNothing(@Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(NO_TEXT);
        } else {
            text(text);
        }
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
