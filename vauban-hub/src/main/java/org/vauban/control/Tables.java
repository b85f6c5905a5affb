package org.vauban.control;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** All tables of a control plane, whichever database they lie in. */
final class Tables {
    /** What tells which scripts were run; it is made by running them. */
    private static final String SCRIPTS = "flyway_schema_history";

    private static final int ROWS_AT_ONCE = 1_000;

    private Tables() {}

    static List<String> of(JdbcClient sql) {
        return sql.sql("select table_name from information_schema.tables where table_schema = current_schema()"
                        + " and table_type = 'BASE TABLE' order by table_name")
                .query(String.class)
                .list();
    }

    /** Refuses a database that has tables already, whatever is in them. */
    static void requireNone(Connection connection, String name) throws SQLException {
        List<String> found = all(connection);
        if (!found.isEmpty()) {
            throw Problem.of(ProblemCode.DATABASE_NOT_EMPTY)
                    .with("database", name)
                    .found(Phrase.TABLES.with(found.size()))
                    .exception();
        }
    }

    /** Copies every row to tables without rows, in one transaction there, which is committed once both are found to hold the same. */
    static Contents copy(Connection from, Connection to) throws SQLException {
        boolean readAutomatic = from.getAutoCommit();
        boolean writtenAutomatic = to.getAutoCommit();
        // Rows come a thousand at a time only within a transaction.
        from.setAutoCommit(false);
        to.setAutoCommit(false);
        try {
            for (String table : inOrder(from)) {
                copy(from, to, table);
            }
            Contents expected = contents(from);
            Contents found = contents(to);
            if (!found.equals(expected)) {
                throw Problem.of(ProblemCode.DATABASE_COPY)
                        .expected(expected.summary())
                        .found(found.summary())
                        .exception();
            }
            to.commit();
            return found;
        } finally {
            to.rollback();
            to.setAutoCommit(writtenAutomatic);
            from.rollback();
            from.setAutoCommit(readAutomatic);
        }
    }

    /** What all tables hold, those aside that tell of the tables. */
    static Contents contents(Connection connection) throws SQLException {
        SortedMap<String, Contents.Rows> tables = new TreeMap<>();
        for (String table : inOrder(connection)) {
            var rows = new Contents.Counting();
            try (Statement reading = readingInParts(connection);
                    ResultSet found = reading.executeQuery("select * from " + table)) {
                while (found.next()) {
                    rows.add(row(found));
                }
            }
            tables.put(table, rows.counted());
        }
        return new Contents(tables);
    }

    private static SortedMap<String, Optional<String>> row(ResultSet found) throws SQLException {
        SortedMap<String, Optional<String>> row = new TreeMap<>();
        for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
            row.put(
                    found.getMetaData().getColumnName(column).toLowerCase(Locale.ROOT),
                    Optional.ofNullable(found.getString(column)));
        }
        return row;
    }

    private static Statement readingInParts(Connection connection) throws SQLException {
        Statement reading = connection.createStatement();
        reading.setFetchSize(ROWS_AT_ONCE);
        return reading;
    }

    /** So that every row comes after those that it refers to. */
    private static List<String> inOrder(Connection connection) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        List<String> all =
                all(connection).stream().filter(table -> !table.equals(SCRIPTS)).toList();
        Set<String> ordered = new LinkedHashSet<>();
        while (ordered.size() < all.size()) {
            int before = ordered.size();
            for (String table : all) {
                if (ordered.containsAll(referred(about, connection.getSchema(), table))) {
                    ordered.add(table);
                }
            }
            if (ordered.size() == before) {
                throw new IllegalStateException("Tables that refer to each other: " + all);
            }
        }
        return List.copyOf(ordered);
    }

    private static List<String> all(Connection connection) throws SQLException {
        List<String> all = new ArrayList<>();
        try (ResultSet rows =
                connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                String table = rows.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if (!table.startsWith("sqlite_")) {
                    all.add(table);
                }
            }
        }
        return all;
    }

    private static Set<String> referred(DatabaseMetaData about, String schema, String table) throws SQLException {
        Set<String> referred = new LinkedHashSet<>();
        try (ResultSet keys = about.getImportedKeys(null, schema, table)) {
            while (keys.next()) {
                referred.add(keys.getString("PKTABLE_NAME").toLowerCase(Locale.ROOT));
            }
        }
        referred.remove(table);
        return referred;
    }

    private static void copy(Connection from, Connection to, String table) throws SQLException {
        try (Statement reading = readingInParts(from);
                ResultSet rows = reading.executeQuery("select * from " + table + orderOf(from, table))) {
            int columns = rows.getMetaData().getColumnCount();
            List<String> names = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                names.add(rows.getMetaData().getColumnName(column));
            }
            try (PreparedStatement writing =
                    to.prepareStatement("insert into " + table + " (" + String.join(", ", names) + ") values ("
                            + String.join(", ", java.util.Collections.nCopies(columns, "?")) + ")")) {
                int waiting = 0;
                while (rows.next()) {
                    for (int column = 1; column <= columns; column++) {
                        writing.setObject(column, rows.getObject(column));
                    }
                    writing.addBatch();
                    if (++waiting == ROWS_AT_ONCE) {
                        writing.executeBatch();
                        waiting = 0;
                    }
                }
                writing.executeBatch();
            }
        }
    }

    /** A permit follows an earlier one; no other table refers to itself. */
    private static String orderOf(Connection from, String table) throws SQLException {
        try (ResultSet columns = from.getMetaData().getColumns(null, from.getSchema(), table, "follows")) {
            return columns.next() ? " order by requested, follows is not null, entry" : "";
        }
    }
}
