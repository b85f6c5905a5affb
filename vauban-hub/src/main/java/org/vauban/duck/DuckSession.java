package org.vauban.duck;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBPreparedStatement;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * A DuckDB database in memory that can touch nothing but the files named when it was opened. For one thread at a time.
 *
 * <p>Everything that could write plaintext or reach outside is off before the first statement, and the configuration is locked:
 * spilling, extensions, secrets, network, other files. When memory ends, the statement fails.
 */
public final class DuckSession implements AutoCloseable {
    private final DuckDBConnection connection;

    private DuckSession(DuckDBConnection connection) {
        this.connection = connection;
    }

    /**
     * What a session may use.
     *
     * @param threads number of threads
     * @param memoryBytes memory for tables, sorts and joins
     */
    public record Limits(int threads, long memoryBytes) {
        public Limits {
            if (threads < 1 || memoryBytes < 1 << 20) {
                throw new IllegalArgumentException("A session needs a thread and a mebibyte");
            }
        }

        /** One thread and 2 GiB: enough for a bucket. */
        public static Limits ofOneBucket() {
            return new Limits(1, 2L << 30);
        }

        /** Every processor, and half of the machine's memory as the Java heap's limit shows it, at least 2 GiB. */
        public static Limits ofTheMachine() {
            Runtime machine = Runtime.getRuntime();
            return new Limits(machine.availableProcessors(), Math.max(2L << 30, 2 * machine.maxMemory()));
        }
    }

    /** Opens a session that may read (and, where the file allows it, write) the files named and nothing else. */
    public static DuckSession open(Limits limits, List<Path> files) {
        try {
            var connection = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
            var session = new DuckSession(connection);
            session.confine(limits, files);
            return session;
        } catch (SQLException refused) {
            throw failure(refused);
        }
    }

    /** Begins to load the engine's library, for whoever will need it soon: it takes a while, in which other things can be read. */
    public static void loadSoon() {
        Thread.ofPlatform().daemon().name("engine").start(() -> {
            try {
                open(Limits.ofOneBucket(), List.of()).close();
            } catch (ProblemException | LinkageError _) {
                // Whoever opens a session is told.
            }
        });
    }

    private void confine(Limits limits, List<Path> files) {
        execute("SET threads = " + limits.threads());
        execute("SET memory_limit = '" + limits.memoryBytes() + "B'");
        execute("SET max_temp_directory_size = '0B'");
        execute("SET temp_directory = ''");
        execute("SET autoload_known_extensions = false");
        execute("SET autoinstall_known_extensions = false");
        execute("SET allow_community_extensions = false");
        execute("SET allow_persistent_secrets = false");
        execute("SET TimeZone = 'UTC'");
        execute("SET allowed_paths = ["
                + files.stream().map(DuckSession::literal).collect(Collectors.joining(", ")) + "]");
        execute("SET enable_external_access = false");
        execute("SET lock_configuration = true");
    }

    /** Another session on the same database, for another thread: the same tables, and the same locks on everything else. */
    public DuckSession beside() {
        try {
            return new DuckSession((DuckDBConnection) connection.duplicate());
        } catch (SQLException refused) {
            throw failure(refused);
        }
    }

    /** Runs a statement. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw failure(refused);
        }
    }

    /** The one number that a query answers; 0 for null. */
    public long number(String sql) {
        long[] answer = {0};
        rows(sql, row -> answer[0] = row.getLong(1));
        return answer[0];
    }

    /** Gives every row of a query, one after the other. */
    public void rows(String sql, RowReader reader) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException refused) {
            throw failure(refused);
        }
    }

    /** Gives the rows of a query in chunks of columns: the fast way for many rows. */
    public void chunks(String sql, ChunkReader reader) {
        try (var statement = connection.prepareStatement(sql).unwrap(DuckDBPreparedStatement.class);
                DuckDBChunkedResult result = statement.query()) {
            while (result.nextChunk()) {
                DuckDBDataChunkReader chunk = result.chunk();
                reader.read(chunk);
            }
        } catch (SQLException refused) {
            throw failure(refused);
        }
    }

    /** Writes rows into a table: the fast way in. */
    public DuckDBAppender appender(String table) {
        try {
            return connection.createAppender(table);
        } catch (SQLException refused) {
            throw failure(refused);
        }
    }

    /** A path as SQL writes it. */
    public static String literal(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }

    /** A name as SQL writes it. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException refused) {
            throw failure(refused);
        }
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** Reads one chunk; its vectors are valid during the call. */
    @FunctionalInterface
    public interface ChunkReader {
        void read(DuckDBDataChunkReader chunk);
    }

    /**
     * What the engine says quotes values ("Could not convert string …"), so only the kind of its error is passed on, and the cause is
     * left behind with its words.
     */
    public static ProblemException failure(SQLException refused) {
        String words = String.valueOf(refused.getMessage());
        int colon = words.indexOf(':');
        String kind = colon > 0 && colon < 60 ? words.substring(0, colon).strip() : "an error";
        return Problem.of(ProblemCode.INTERNAL_FAULT).found("DuckDB: " + kind).exception();
    }
}
