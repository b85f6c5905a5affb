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
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

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

    /** Copies every row to an empty database, in one transaction there. */
    static void copy(Connection from, Database to) {
        try (ControlPlane copy = ControlPlane.open(to)) {
            copy.onConnection(target -> {
                boolean automatic = target.getAutoCommit();
                target.setAutoCommit(false);
                for (String table : inOrder(from)) {
                    copy(from, target, table);
                }
                target.commit();
                target.setAutoCommit(automatic);
            });
        } catch (SQLException uncopied) {
            throw ControlPlane.unwritable(uncopied);
        }
    }

    /** So that every row comes after those that it refers to. */
    private static List<String> inOrder(Connection connection) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        List<String> all = new ArrayList<>();
        try (ResultSet rows = about.getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                String table = rows.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if (!table.equals(SCRIPTS) && !table.startsWith("sqlite_")) {
                    all.add(table);
                }
            }
        }
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
        try (Statement reading = from.createStatement();
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
