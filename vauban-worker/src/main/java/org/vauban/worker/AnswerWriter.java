package org.vauban.worker;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vauban.worker.pipe.Cut;
import org.vauban.worker.pipe.Message;
import org.vauban.worker.pipe.Pipe;

/** Sends an answer as texts, row by row, and stops where the statement's room for it ends. */
final class AnswerWriter {
    private static final int LINES_TOGETHER = 512;
    private static final int BYTES_TOGETHER = 1 << 20;
    /** A longer row does not fit into a message. */
    private static final int BYTES_OF_A_LINE_MAX = Pipe.FRAME_BYTES_MAX / 2;
    /** A character takes at most so many bytes. */
    private static final int BYTES_EACH = 3;
    /** The length of a value: even nothing takes room. */
    private static final int BYTES_OF_A_VALUE = 4;

    private final Pipe pipe;
    private final Message.Statement wanted;
    private List<List<@Nullable String>> waiting = new ArrayList<>();
    private long bytesWaiting;
    private long bytes;
    private int count;

    AnswerWriter(Pipe pipe, Message.Statement wanted) {
        this.pipe = pipe;
        this.wanted = wanted;
    }

    void write(ResultSet rows) throws SQLException, IOException {
        int columns = header(rows.getMetaData());
        Cut cut = Cut.WHOLE;
        while (cut == Cut.WHOLE && rows.next()) {
            cut = count == wanted.rowsMax() ? Cut.ROWS : add(line(rows, columns));
        }
        send();
        pipe.send(new Message.End(cut));
    }

    private int header(ResultSetMetaData data) throws SQLException, IOException {
        List<Message.Header.Column> columns = new ArrayList<>();
        for (int column = 1; column <= data.getColumnCount(); column++) {
            columns.add(new Message.Header.Column(data.getColumnName(column), data.getColumnTypeName(column)));
        }
        pipe.send(new Message.Header(columns));
        return columns.size();
    }

    private static List<@Nullable String> line(ResultSet rows, int columns) throws SQLException {
        List<@Nullable String> line = new ArrayList<>(columns);
        for (int column = 1; column <= columns; column++) {
            line.add(rows.getString(column));
        }
        return line;
    }

    private Cut add(List<@Nullable String> line) throws IOException {
        long bytesOfLine = 0;
        for (String value : line) {
            bytesOfLine += BYTES_OF_A_VALUE + (value == null ? 0 : (long) value.length() * BYTES_EACH);
        }
        if (bytes + bytesOfLine > wanted.bytesMax() || bytesOfLine > BYTES_OF_A_LINE_MAX) {
            return Cut.BYTES;
        }
        if (waiting.size() == LINES_TOGETHER || bytesWaiting + bytesOfLine > BYTES_TOGETHER) {
            send();
        }
        waiting.add(line);
        bytesWaiting += bytesOfLine;
        bytes += bytesOfLine;
        count++;
        return Cut.WHOLE;
    }

    private void send() throws IOException {
        if (!waiting.isEmpty()) {
            pipe.send(new Message.Lines(waiting));
            waiting = new ArrayList<>();
            bytesWaiting = 0;
        }
    }
}
