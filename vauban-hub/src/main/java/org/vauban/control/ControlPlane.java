package org.vauban.control;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteConfig;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * The database of ids, states and times. One connection and one writer at a time: a hub writes a few rows for each act, and the
 * order of its entries in the log is the order of its commits.
 */
public final class ControlPlane implements AutoCloseable {
    private final SingleConnectionDataSource source;
    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final ReentrantLock turn = new ReentrantLock();
    private boolean failed;

    private ControlPlane(SingleConnectionDataSource source) {
        this.source = source;
        this.sql = JdbcClient.create(source);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
    }

    /** Opens the SQLite file, and brings its tables to this program's version. */
    public static ControlPlane open(Path file) {
        return on(connect(file));
    }

    /** A connection to the SQLite file under which a commit is durable. */
    public static Connection connect(Path file) {
        var settings = new SQLiteConfig();
        settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
        settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        settings.enforceForeignKeys(true);
        settings.setBusyTimeout(10_000);
        settings.setTempStore(SQLiteConfig.TempStore.MEMORY);
        try {
            return settings.createConnection("jdbc:sqlite:" + file);
        } catch (SQLException unwritable) {
            throw unwritable(unwritable);
        }
    }

    /** The control plane on a connection that is its own from now on. */
    public static ControlPlane on(Connection connection) {
        var source = new SingleConnectionDataSource(connection, true);
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:org/vauban/control/migration")
                    .failOnMissingLocations(true)
                    .loggers("slf4j")
                    .load()
                    .migrate();
            return new ControlPlane(source);
        } catch (FlywayException unmigrated) {
            source.destroy();
            throw unwritable(unmigrated);
        }
    }

    private static ProblemException unwritable(Exception cause) {
        return Problem.of(ProblemCode.HOME_UNWRITABLE)
                .found(String.valueOf(cause.getMessage()))
                .exception(cause);
    }

    /** Reads, seeing only what is committed. */
    public <T> T read(Function<JdbcClient, T> question) {
        turn.lock();
        try {
            requireSound();
            return question.apply(sql);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Changes in one transaction: all of it is durable when this returns, or none of it happened. A commit that failed may have happened
     * or not; only a new opening can tell, so nothing is read or changed until then.
     */
    public <T> T change(Function<JdbcClient, T> work) {
        turn.lock();
        try {
            requireSound();
            return java.util.Objects.requireNonNull(transaction.execute(_ -> work.apply(sql)));
        } catch (TransactionException uncommitted) {
            failed = true;
            throw unwritable(uncommitted);
        } finally {
            turn.unlock();
        }
    }

    /** Writes a copy of the database as it is at this moment. */
    public void copyTo(Path file) {
        read(jdbc ->
                jdbc.sql("vacuum into :file").param("file", file.toString()).update());
    }

    /** True when SQLite finds its own pages and indexes in order; values that changed within a page are not noticed. */
    public boolean isSound() {
        return read(jdbc ->
                        jdbc.sql("pragma integrity_check").query(String.class).list())
                .equals(List.of("ok"));
    }

    private void requireSound() {
        if (failed) {
            throw Problem.of(ProblemCode.HOME_UNWRITABLE)
                    .found("a commit that the disk did not confirm; the hub must be started again")
                    .exception();
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            source.destroy();
        } finally {
            turn.unlock();
        }
    }
}
