package org.vauban.worker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vauban.worker.pipe.ColumnType;
import org.vauban.worker.pipe.Message;
import org.vauban.worker.pipe.Pipe;
import org.vauban.worker.pipe.Values;

/** Does once, on nobody's data, what is done behind the walls: so the engine's library and Java's own files are read before. */
final class WarmUp {
    /** A value of each kind that an answer may have; times need Java's table of time zones. */
    private static final String EVERY_KIND = """
            SELECT *, true, 1::HUGEINT, 1.5::DECIMAL(9, 2), now(), TIME '12:00', INTERVAL 1 DAY, [1], {'a': 1}, MAP {'a': 1},
                uuid(), 'a'::BLOB, 'a'::ENUM ('a'), '101'::BIT
            FROM warm_up ORDER BY ALL""";

    private WarmUp() {}

    static void run(Worker.Rooms rooms) throws IOException, SQLException {
        var nowhere = new Pipe(new ByteArrayInputStream(new byte[0]), OutputStream.nullOutputStream());
        try (Room room = rooms.open()) {
            room.make(new Message.Table(
                    "warm_up",
                    List.of(
                            new Message.Table.Column("a", ColumnType.INTEGER),
                            new Message.Table.Column("b", ColumnType.BIGINT),
                            new Message.Table.Column("c", ColumnType.DOUBLE),
                            new Message.Table.Column("d", ColumnType.DATE),
                            new Message.Table.Column("e", ColumnType.TIMESTAMP),
                            new Message.Table.Column("f", ColumnType.TEXT))));
            room.fill(new Message.Rows(List.of(
                    new Values.Ints(new int[] {1, Values.Ints.ABSENT}),
                    new Values.Longs(new long[] {1, Values.Longs.ABSENT}),
                    new Values.Doubles(new double[] {1, Double.NaN}),
                    new Values.Ints(new int[] {1, Values.Ints.ABSENT}),
                    new Values.Longs(new long[] {1, Values.Longs.ABSENT}),
                    new Values.Texts(new @Nullable String[] {"a", null}))));
            room.run(new Message.Statement(EVERY_KIND, 2, 1 << 20), nowhere);
            room.run(new Message.Statement("SELECT nothing", 1, 1), nowhere);
        }
    }
}
