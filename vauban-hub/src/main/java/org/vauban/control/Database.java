package org.vauban.control;

import java.nio.file.Path;
import java.sql.Connection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where the rows of a control plane lie. Both kinds have the same tables, made by the same scripts, and answer the same statements. */
public sealed interface Database permits SqliteFile, PostgresqlServer {
    /**
     * A connection under which a commit is durable when it returns, and which nobody else has at the same time.
     *
     * @throws org.vauban.problem.ProblemException when there is none
     */
    Connection connect();

    /** Its name for people: an address, or the file. */
    String name();

    /** Whether a new connection, after one that was lost, tells what was confirmed on the old one. */
    boolean isAskedAgain();

    /** Says in it that it is in force no more, and where the rows are now; it is opened no more. */
    void retire(String successor);

    /** True when the database finds what it keeps in order. */
    boolean isSound(JdbcClient sql);

    /** Writes all rows, as they are at this moment, to a new SQLite file. */
    void copyTo(Connection connection, Path file);
}
