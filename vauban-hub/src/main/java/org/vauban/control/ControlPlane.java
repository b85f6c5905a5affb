package org.vauban.control;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteConfig;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * The database of ids, states and times. One connection and one writer at a time: a hub writes a few rows for each act, and the
 * order of its entries in the log is the order of its commits.
 */
public final class ControlPlane implements AutoCloseable {
    private final SingleConnectionDataSource source;
    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final ReentrantLock turn = new ReentrantLock();

    private ControlPlane(SingleConnectionDataSource source) {
        this.source = source;
        this.sql = JdbcClient.create(source);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
    }

    /** Opens the SQLite file, and brings its tables to this program's version. */
    public static ControlPlane open(Path file) {
        var settings = new SQLiteConfig();
        settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
        settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        settings.enforceForeignKeys(true);
        settings.setBusyTimeout(10_000);
        settings.setTempStore(SQLiteConfig.TempStore.MEMORY);
        try {
            Connection connection = settings.createConnection("jdbc:sqlite:" + file);
            var source = new SingleConnectionDataSource(connection, true);
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:org/vauban/control/migration")
                    .failOnMissingLocations(true)
                    .loggers("slf4j")
                    .load()
                    .migrate();
            return new ControlPlane(source);
        } catch (SQLException unwritable) {
            throw Problem.of(ProblemCode.HOME_UNWRITABLE)
                    .found(String.valueOf(unwritable.getMessage()))
                    .exception(unwritable);
        }
    }

    /** Reads, seeing only what is committed. */
    public <T> T read(Function<JdbcClient, T> question) {
        turn.lock();
        try {
            return question.apply(sql);
        } finally {
            turn.unlock();
        }
    }

    /** Changes in one transaction: all of it is durable when this returns, or none of it happened. */
    public <T> T change(Function<JdbcClient, T> work) {
        turn.lock();
        try {
            return java.util.Objects.requireNonNull(transaction.execute(_ -> work.apply(sql)));
        } finally {
            turn.unlock();
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
