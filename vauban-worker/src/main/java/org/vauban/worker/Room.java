package org.vauban.worker;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import org.vauban.worker.pipe.ColumnType;
import org.vauban.worker.pipe.Failure;
import org.vauban.worker.pipe.Limits;
import org.vauban.worker.pipe.Message;
import org.vauban.worker.pipe.Pipe;
import org.vauban.worker.pipe.Values;

/**
 * A database in memory for one statement: tables are made and filled, the engine is locked, one SELECT is run.
 *
 * <p>The engine's own locks are the second wall, behind the kernel's: it may open no file and load no extension, spills nothing, and its
 * settings cannot be changed. That the statement is one SELECT, the engine's own parser says; so there is nothing that writes, attaches,
 * copies, sets or installs.
 */
class Room implements AutoCloseable {
    /** The engine does not say where it stopped. */
    static final int NOWHERE = -1;

    private final DuckDBConnection connection;
    private @Nullable String table;
    private List<Message.Table.Column> columns = List.of();

    Room(Limits limits) throws SQLException {
        var properties = new Properties();
        properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        this.connection = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", properties);
        set("threads = " + limits.threads());
        set("memory_limit = '" + limits.memoryBytes() + "B'");
        set("TimeZone = 'UTC'");
        set("errors_as_json = true");
    }

    void make(Message.Table wanted) throws SQLException {
        var create = new StringBuilder("CREATE TABLE ").append(quoted(wanted.name()));
        String before = " (";
        for (Message.Table.Column column : wanted.columns()) {
            create.append(before)
                    .append(quoted(column.name()))
                    .append(' ')
                    .append(column.type().sql());
            before = ", ";
        }
        execute(create.append(')').toString());
        table = wanted.name();
        columns = wanted.columns();
    }

    void fill(Message.Rows rows) throws SQLException, IOException {
        if (table == null || rows.columns().size() != columns.size()) {
            throw new IOException("rows of no table, or of another one");
        }
        try (DuckDBAppender appender = connection.createAppender(table)) {
            for (int row = 0; row < rows.size(); row++) {
                appender.beginRow();
                for (int column = 0; column < columns.size(); column++) {
                    append(appender, columns.get(column).type(), rows.columns().get(column), row);
                }
                appender.endRow();
            }
        }
    }

    private static void append(DuckDBAppender appender, ColumnType type, Values values, int row)
            throws SQLException, IOException {
        switch (values) {
            case Values.Ints(int[] ints) when ints[row] == Values.Ints.ABSENT -> appender.appendNull();
            case Values.Ints(int[] ints) when type == ColumnType.INTEGER -> appender.append(ints[row]);
            case Values.Ints(int[] ints) when type == ColumnType.DATE -> appender.appendEpochDays(ints[row]);
            case Values.Longs(long[] longs) when longs[row] == Values.Longs.ABSENT -> appender.appendNull();
            case Values.Longs(long[] longs) when type == ColumnType.BIGINT -> appender.append(longs[row]);
            case Values.Longs(long[] longs)
            when type == ColumnType.TIMESTAMP -> appender.appendEpochMicros(Math.multiplyExact(longs[row], 1_000_000L));
            case Values.Doubles(double[] doubles) when Double.isNaN(doubles[row]) -> appender.appendNull();
            case Values.Doubles(double[] doubles) when type == ColumnType.DOUBLE -> appender.append(doubles[row]);
            case Values.Texts(@Nullable String[] texts)
            when type == ColumnType.TEXT -> {
                String text = texts[row];
                if (text == null) {
                    appender.appendNull();
                } else {
                    appender.append(text);
                }
            }
            case Values.Ints _, Values.Longs _, Values.Doubles _, Values.Texts _ ->
                throw new IOException("values of another type than their column");
        }
    }

    /** Nothing but tables in memory can be touched from now on, and no setting be changed. */
    void lock() throws SQLException {
        set("temp_directory = ''");
        set("max_temp_directory_size = '0B'");
        set("autoload_known_extensions = false");
        set("autoinstall_known_extensions = false");
        set("allow_community_extensions = false");
        set("allow_persistent_secrets = false");
        set("disabled_filesystems = 'LocalFileSystem'");
        set("enable_external_access = false");
        set("lock_configuration = true");
    }

    /** Runs a statement and sends its answer, or why it has none. */
    void run(Message.Statement wanted, Pipe pipe) throws IOException {
        try {
            Optional<Message.Failed> refused = refusal(wanted.sql());
            if (refused.isPresent()) {
                pipe.send(refused.get());
                return;
            }
            try (Statement statement = connection.createStatement();
                    ResultSet rows = rows(statement, wanted.sql())) {
                new AnswerWriter(pipe, wanted).write(rows);
            }
        } catch (SQLException failed) {
            pipe.send(EngineError.of(failed));
        } catch (RuntimeException unreadable) {
            // Some values that the engine knows cannot be held here, such as the day "infinity".
            pipe.send(new Message.Failed(Failure.FAILED, NOWHERE));
        }
    }

    ResultSet rows(Statement statement, String sql) throws SQLException {
        return statement.executeQuery(sql);
    }

    /** Why a text is not one SELECT, if it is not. */
    Optional<Message.Failed> refusal(String sql) throws SQLException {
        try (PreparedStatement parse = connection.prepareStatement("""
                SELECT coalesce(tree ->> '$.error', 'true'), coalesce(tree ->> '$.error_type', ''),
                    coalesce(try_cast(tree ->> '$.position' AS INTEGER), -1),
                    coalesce(json_array_length(tree, '$.statements'), 0)
                FROM (SELECT json_serialize_sql(CAST(? AS VARCHAR)) AS tree)""")) {
            parse.setString(1, sql);
            try (ResultSet parsed = parse.executeQuery()) {
                parsed.next();
                if (parsed.getString(1).equals("false") && parsed.getInt(4) == 1) {
                    return Optional.empty();
                }
                return Optional.of(
                        parsed.getString(2).equals("parser")
                                ? new Message.Failed(Failure.NOT_UNDERSTOOD, parsed.getInt(3))
                                : new Message.Failed(Failure.NOT_ONE_SELECT, NOWHERE));
            }
        }
    }

    final void set(String setting) throws SQLException {
        execute("SET " + setting);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
