package org.vauban.hub;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.vauban.control.Database;
import org.vauban.control.PostgresqlServer;
import org.vauban.control.SqliteFile;

/**
 * Where the control planes of test hubs lie: each in a file, or, with {@code -Dvauban.postgresql=USER@127.0.0.1:PORT}, each in a database
 * of its own on that server. {@code tools/with-postgresql} runs the same tests on a real one.
 */
public final class TestDatabases {
    private static final Optional<String> SERVER = Optional.ofNullable(System.getProperty("vauban.postgresql"));

    private TestDatabases() {}

    public static boolean areOnAServer() {
        return SERVER.isPresent();
    }

    /** The database of the hub that would keep such a file; made when it is asked for the first time. */
    public static Database of(Path file) {
        return SERVER.<Database>map(server -> {
                    String name = nameOf(file);
                    make(server, name);
                    return new PostgresqlServer("postgresql://" + server + '/' + name);
                })
                .orElseGet(() -> new SqliteFile(file));
    }

    /** Another connection to it, beside the hub's. */
    public static Connection beside(Path file) throws SQLException {
        return SERVER.isPresent()
                ? DriverManager.getConnection(url(SERVER.get(), nameOf(file)))
                : DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static String nameOf(Path file) {
        String path = file.toAbsolutePath().normalize().toString();
        return "hub_"
                + UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace('-', '_');
    }

    private static void make(String server, String name) {
        try (Connection connection = DriverManager.getConnection(url(server, "postgres"));
                var statement = connection.createStatement();
                var known = statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
            if (!known.next()) {
                try (var making = connection.createStatement()) {
                    making.execute("create database " + name + " encoding 'UTF8' locale 'C' template template0");
                }
            }
        } catch (SQLException unmade) {
            throw new IllegalStateException(unmade);
        }
    }

    private static String url(String server, String name) {
        String[] parts = server.split("@", 2);
        return "jdbc:postgresql://" + parts[1] + '/' + name + "?user=" + parts[0];
    }
}
