package org.vauban.worker.pipe;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one frame's message. No count is believed before the bytes that it needs are there. */
final class MessageReader {
    private final DataInputStream frame;

    private MessageReader(DataInputStream frame) {
        this.frame = frame;
    }

    static Message read(DataInputStream frame) throws IOException {
        var reader = new MessageReader(frame);
        Message message = reader.message();
        if (frame.available() > 0) {
            throw new IOException("a frame goes on after its message");
        }
        return message;
    }

    private Message message() throws IOException {
        int type = frame.readUnsignedByte();
        return switch (type) {
            case MessageWriter.TABLE -> table();
            case MessageWriter.ROWS -> rows();
            case MessageWriter.STATEMENT -> statement();
            case MessageWriter.READY -> ready();
            case MessageWriter.HEADER -> header();
            case MessageWriter.LINES -> lines();
            case MessageWriter.END -> new Message.End(one(Cut.values()));
            case MessageWriter.FAILED -> new Message.Failed(one(Failure.values()), frame.readInt());
            default -> throw new IOException("a frame of an unknown kind");
        };
    }

    private Message.Table table() throws IOException {
        String name = text();
        int columns = frame.readUnsignedShort();
        List<Message.Table.Column> all = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            all.add(new Message.Table.Column(text(), one(ColumnType.values())));
        }
        return new Message.Table(name, all);
    }

    private Message.Rows rows() throws IOException {
        int rows = frame.readInt();
        int columns = frame.readUnsignedShort();
        List<Values> all = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            all.add(values(rows));
        }
        return new Message.Rows(all);
    }

    private Values values(int rows) throws IOException {
        int kind = frame.readUnsignedByte();
        switch (kind) {
            case MessageWriter.INTS -> {
                int[] values = new int[bounded(rows, Integer.BYTES)];
                for (int row = 0; row < rows; row++) {
                    values[row] = frame.readInt();
                }
                return new Values.Ints(values);
            }
            case MessageWriter.LONGS -> {
                long[] values = new long[bounded(rows, Long.BYTES)];
                for (int row = 0; row < rows; row++) {
                    values[row] = frame.readLong();
                }
                return new Values.Longs(values);
            }
            case MessageWriter.DOUBLES -> {
                double[] values = new double[bounded(rows, Double.BYTES)];
                for (int row = 0; row < rows; row++) {
                    values[row] = frame.readDouble();
                }
                return new Values.Doubles(values);
            }
            case MessageWriter.TEXTS -> {
                @Nullable String[] values = new @Nullable String[bounded(rows, Integer.BYTES)];
                for (int row = 0; row < rows; row++) {
                    values[row] = textOrNothing();
                }
                return new Values.Texts(values);
            }
            default -> throw new IOException("values of an unknown kind");
        }
    }

    private Message.Statement statement() throws IOException {
        String sql = text();
        int rowsMax = frame.readInt();
        long bytesMax = frame.readLong();
        if (rowsMax < 1 || bytesMax < 1) {
            throw new IOException("an answer without any room");
        }
        return new Message.Statement(sql, rowsMax, bytesMax);
    }

    private Message.Ready ready() throws IOException {
        int guards = frame.readUnsignedByte();
        Map<Guard, Boolean> all = new EnumMap<>(Guard.class);
        for (int guard = 0; guard < guards; guard++) {
            all.put(one(Guard.values()), frame.readBoolean());
        }
        return new Message.Ready(all);
    }

    private Message.Header header() throws IOException {
        int columns = frame.readUnsignedShort();
        List<Message.Header.Column> all = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            all.add(new Message.Header.Column(text(), text()));
        }
        return new Message.Header(all);
    }

    private Message.Lines lines() throws IOException {
        int lines = bounded(frame.readInt(), Short.BYTES);
        List<List<@Nullable String>> all = new ArrayList<>(lines);
        for (int line = 0; line < lines; line++) {
            int columns = frame.readUnsignedShort();
            List<@Nullable String> values = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                values.add(textOrNothing());
            }
            all.add(values);
        }
        return new Message.Lines(all);
    }

    private <E> E one(E[] all) throws IOException {
        int number = frame.readUnsignedByte();
        if (number >= all.length) {
            throw new IOException("a number that stands for nothing");
        }
        return all[number];
    }

    private String text() throws IOException {
        String text = textOrNothing();
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }

    private @Nullable String textOrNothing() throws IOException {
        int length = frame.readInt();
        return length == MessageWriter.NO_TEXT
                ? null
                : new String(frame.readNBytes(bounded(length, 1)), StandardCharsets.UTF_8);
    }

    /** A count, if the frame still has the bytes that so many things take at least. */
    private int bounded(int count, int bytesEach) throws IOException {
        if (count < 0 || (long) count * bytesEach > frame.available()) {
            throw new IOException("a count that the frame does not have");
        }
        return count;
    }
}
