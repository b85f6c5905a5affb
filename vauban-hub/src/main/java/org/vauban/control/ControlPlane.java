package org.vauban.control;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * The database of ids, states and times. One connection and one writer at a time: a hub writes a few rows for each act, and the
 * order of its entries in the log is the order of its commits.
 *
 * <p>A server that went away is asked again by whoever comes next, and what then is there counts. A file is not: after a write that
 * failed the system may have thrown away what it took, and only a new process asks the disk.
 */
public final class ControlPlane implements AutoCloseable {
    private final Database database;
    private final ReentrantLock turn = new ReentrantLock();
    private Opened opened;
    private long openings = 1;
    private boolean failed;

    private ControlPlane(Database database, Opened opened) {
        this.database = database;
        this.opened = opened;
    }

    /** A connection and what is asked through it. */
    private record Opened(SingleConnectionDataSource source, JdbcClient sql, TransactionTemplate transaction) {
        static Opened on(SingleConnectionDataSource source) {
            return new Opened(
                    source,
                    JdbcClient.create(source),
                    new TransactionTemplate(new DataSourceTransactionManager(source)));
        }
    }

    /** Opens the database, and brings its tables to this program's version. */
    public static ControlPlane open(Database database) {
        return on(database, database.connect());
    }

    /** The control plane on a connection to such a database, which is its own from now on. */
    public static ControlPlane on(Database database, Connection connection) {
        var source = new SingleConnectionDataSource(connection, true);
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:org/vauban/control/migration")
                    .failOnMissingLocations(true)
                    .loggers("slf4j")
                    .load()
                    .migrate();
            return new ControlPlane(database, Opened.on(source));
        } catch (FlywayException unmigrated) {
            source.destroy();
            throw unwritable(unmigrated);
        }
    }

    static ProblemException unwritable(Exception cause) {
        return Problem.of(ProblemCode.HOME_UNWRITABLE)
                .found(String.valueOf(cause.getMessage()))
                .exception(cause);
    }

    /** Reads, seeing only what is committed. */
    public <T> T read(Function<JdbcClient, T> question) {
        turn.lock();
        try {
            requireSound();
            return question.apply(opened.sql());
        } catch (DataAccessResourceFailureException lost) {
            throw lost(lost);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Changes in one transaction: all of it is durable when this returns, or none of it happened. A commit that failed may have happened
     * or not; only a new opening can tell, so nothing is read or changed until then.
     *
     * @throws ProblemException {@code HOME_UNWRITABLE} when this change failed; {@code DATABASE_UNREACHABLE} while a server is away
     */
    public <T> T change(Function<JdbcClient, T> work) {
        turn.lock();
        try {
            requireSound();
            return java.util.Objects.requireNonNull(opened.transaction().execute(_ -> work.apply(opened.sql())));
        } catch (TransactionException uncommitted) {
            failed = true;
            throw unwritable(uncommitted);
        } catch (DataAccessResourceFailureException lost) {
            throw lost(lost);
        } finally {
            turn.unlock();
        }
    }

    /** Writes all rows, as they are at this moment, to a new SQLite file. */
    public void copyTo(Path file) {
        turn.lock();
        try {
            requireSound();
            onConnection(connection -> database.copyTo(connection, file));
        } catch (SQLException uncopied) {
            throw unwritable(uncopied);
        } finally {
            turn.unlock();
        }
    }

    /** Something that is done with the connection itself. */
    interface OnConnection {
        void run(Connection connection) throws SQLException;
    }

    void onConnection(OnConnection work) throws SQLException {
        try (Connection connection = opened.source().getConnection()) {
            work.run(connection);
        }
    }

    /** True when the database finds its own pages in order. */
    public boolean isSound() {
        return read(database::isSound);
    }

    /** A server that went away: what was being done did not happen, but only a new opening can say what did before. */
    private ProblemException lost(DataAccessResourceFailureException lost) {
        failed = true;
        return unwritable(lost);
    }

    private void requireSound() {
        if (!failed) {
            return;
        }
        if (!database.isAskedAgain()) {
            throw Problem.of(ProblemCode.HOME_UNWRITABLE)
                    .found(Phrase.AN_UNCONFIRMED_COMMIT)
                    .exception();
        }
        opened.source().destroy();
        opened = Opened.on(new SingleConnectionDataSource(database.connect(), true));
        openings++;
        failed = false;
    }

    /**
     * How often it was opened. Whoever keeps in mind what is in it looks again when this has changed: what was being done when a server went
     * away was done or not.
     */
    public long openings() {
        turn.lock();
        try {
            requireSound();
            return openings;
        } finally {
            turn.unlock();
        }
    }

    /**
     * Copies every row to an empty database, in one transaction there, which is committed once both are found to hold the same.
     *
     * @return what both hold
     * @throws ProblemException {@code DATABASE_NOT_EMPTY}, {@code DATABASE_COPY}
     */
    public Contents copyTo(Database empty) {
        turn.lock();
        try (Connection target = empty.connect()) {
            requireSound();
            Tables.requireNone(target, empty.name());
            var contents = new Contents[1];
            try (ControlPlane copy = on(empty, target)) {
                onConnection(source -> copy.onConnection(connection -> contents[0] = Tables.copy(source, connection)));
            }
            return contents[0];
        } catch (SQLException uncopied) {
            throw unwritable(uncopied);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            opened.source().destroy();
        } finally {
            turn.unlock();
        }
    }
}
