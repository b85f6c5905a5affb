package org.vauban.control;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.postgresql.PGProperty;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * A database of a PostgreSQL server that the hub has for itself. The password is never part of the address, which everybody sees who
 * lists processes: it comes from the file that PGPASSFILE names, as for every program of PostgreSQL.
 *
 * @param address {@code postgresql://USER@HOST[:PORT]/DATABASE[?OPTION=VALUE&…]}
 */
public record PostgresqlServer(String address) implements Database {
    private static final String SCHEME = "postgresql";

    /** What an address may say beside host, user and database. All of it is about how the server proves who it is. */
    private static final Set<String> OPTIONS = Set.of("sslmode", "sslrootcert", "sslcert", "sslkey");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** One hub at a time: the number that a hub holds in the database as long as it lives; the letters of “vauban”. */
    private static final long HUB = 0x76617562616EL;

    private static final int CONNECT_SECONDS = 10;

    /** The table that says where the rows have gone. */
    private static final String MOVED = "control_plane_moved";

    /** Checks the address; nobody is asked yet. */
    public PostgresqlServer {
        parts(address);
    }

    @Override
    public Connection connect() {
        return connected(true);
    }

    /** Refuses when the server cannot be reached, or is none for a hub; the hub that works with it is not disturbed. */
    public void requireSuitable() {
        try {
            connected(false).close();
        } catch (SQLException unreachable) {
            throw unreachable(unreachable);
        }
    }

    private Connection connected(boolean asHub) {
        URI parts = parts(address);
        var settings = new Properties();
        PGProperty.USER.set(settings, parts.getUserInfo());
        PGProperty.APPLICATION_NAME.set(settings, "vauban");
        PGProperty.CONNECT_TIMEOUT.set(settings, CONNECT_SECONDS);
        PGProperty.TCP_KEEP_ALIVE.set(settings, true);
        if (!isLoopback(parts)) {
            PGProperty.SSL_MODE.set(settings, "verify-full");
        }
        for (String option : options(parts)) {
            String[] pair = option.split("=", 2);
            settings.setProperty(pair[0], pair[1]);
        }
        String url = "jdbc:" + SCHEME + "://" + parts.getHost() + (parts.getPort() < 0 ? "" : ":" + parts.getPort())
                + parts.getPath();
        try {
            Connection connection = DriverManager.getConnection(url, settings);
            try {
                requireDurable(connection);
                requireInForce(connection);
                if (asHub) {
                    requireOneHub(connection);
                }
                return connection;
            } catch (SQLException | ProblemException refused) {
                connection.close();
                throw refused;
            }
        } catch (SQLException unreachable) {
            throw unreachable(unreachable);
        }
    }

    private ProblemException unreachable(SQLException unreachable) {
        return Problem.of(ProblemCode.DATABASE_UNREACHABLE)
                .with("database", address)
                .found(String.valueOf(unreachable.getMessage())
                        .lines()
                        .findFirst()
                        .orElse(""))
                .exception(unreachable);
    }

    /** Held until the connection ends, however it ends. */
    private void requireOneHub(Connection connection) throws SQLException {
        if (!"t".equals(answer(connection, "select pg_try_advisory_lock(" + HUB + ")"))) {
            throw Problem.of(ProblemCode.HOME_IN_USE).found(address).exception();
        }
    }

    /** A database whose rows were moved elsewhere would tell what was so then. */
    private void requireInForce(Connection connection) throws SQLException {
        if ("t".equals(answer(connection, "select to_regclass('" + MOVED + "') is not null"))) {
            throw Problem.of(ProblemCode.DATABASE_MOVED)
                    .with("database", address)
                    .found(answer(connection, "select successor from " + MOVED))
                    .exception();
        }
    }

    @Override
    public String name() {
        return address;
    }

    @Override
    public boolean isAskedAgain() {
        return true;
    }

    @Override
    public void retire(String successor) {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement();
                    PreparedStatement said =
                            connection.prepareStatement("insert into " + MOVED + " (successor) values (?)")) {
                statement.execute("create table " + MOVED + " (successor text not null)");
                said.setString(1, successor);
                said.execute();
            }
            connection.commit();
        } catch (SQLException unwritten) {
            throw ControlPlane.unwritable(unwritten);
        }
    }

    /** A server that forgets what it confirmed, or that sorts text by a language's rules, is none for a hub. */
    private static void requireDurable(Connection connection) throws SQLException {
        require("fsync", "on", answer(connection, "show fsync"));
        require("full_page_writes", "on", answer(connection, "show full_page_writes"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit to on");
        }
        require("encoding", "UTF8", answer(connection, "show server_encoding"));
        require(
                "locale",
                "C",
                answer(connection, "select datcollate from pg_database where datname = current_database()"));
    }

    private static void require(String setting, String expected, String found) {
        if (!found.equals(expected)) {
            throw Problem.of(ProblemCode.DATABASE_UNSUITABLE)
                    .with("setting", setting)
                    .expected(expected)
                    .found(found)
                    .exception();
        }
    }

    private static String answer(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Every row of every table can be read; a page that changed is noticed by the server, where it keeps checksums. */
    @Override
    public boolean isSound(JdbcClient sql) {
        try {
            for (String table : Tables.of(sql)) {
                sql.sql("select count(*) from (select t.* from " + table + " t offset 0) s where s is not null")
                        .query(Long.class)
                        .single();
            }
            return true;
        } catch (DataAccessException unreadable) {
            return false;
        }
    }

    @Override
    public void copyTo(Connection connection, Path file) {
        try (ControlPlane copy = ControlPlane.open(new SqliteFile(file))) {
            copy.onConnection(target -> Tables.copy(connection, target));
        } catch (SQLException uncopied) {
            throw ControlPlane.unwritable(uncopied);
        }
    }

    private static URI parts(String address) {
        try {
            var parts = new URI(address);
            boolean complete = SCHEME.equals(parts.getScheme())
                    && parts.getHost() != null
                    && parts.getUserInfo() != null
                    && !parts.getUserInfo().contains(":")
                    && parts.getPath().matches("/[A-Za-z0-9_-]{1,63}")
                    && Arrays.stream(options(parts))
                            .allMatch(option -> option.contains("=") && OPTIONS.contains(option.split("=", 2)[0]))
                    && (isLoopback(parts)
                            || Arrays.stream(options(parts))
                                    .noneMatch(option ->
                                            option.startsWith("sslmode=") && !option.equals("sslmode=verify-full")));
            if (complete) {
                return parts;
            }
        } catch (URISyntaxException _) {
            // Said below.
        }
        throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                .with("field", "--database")
                .expected(Phrase.A_DATABASE_ADDRESS.with(
                        String.join("|", OPTIONS.stream().sorted().toList())))
                .found(withoutPassword(address))
                .exception();
    }

    private static String[] options(URI parts) {
        return parts.getQuery() == null ? new String[0] : parts.getQuery().split("&");
    }

    private static boolean isLoopback(URI parts) {
        return LOOPBACK.contains(parts.getHost().toLowerCase(Locale.ROOT));
    }

    private static String withoutPassword(String address) {
        return address.replaceAll(":[^:/@]*@", ":…@").replaceAll("(?i)password=[^&]*", "password=…");
    }
}
