package org.vauban.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.hub.Hub;
import org.vauban.hub.HubConfiguration;
import org.vauban.hub.TestDatabases;
import org.vauban.hub.TestHub;
import org.vauban.ledger.policy.Policy;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.ProblemCode;

/** What only a real server can do: lose a connection, belong to somebody else, sort by a language. Run by {@code tools/with-postgresql}. */
class OnAServerTest {
    @TempDir
    Path folder;

    @BeforeEach
    void serverIsThere() {
        assumeTrue(TestDatabases.areOnAServer(), "no PostgreSQL server; tools/with-postgresql starts one");
    }

    @Test
    void aLostConnectionLosesNothingThatWasAcknowledged() throws SQLException {
        try (var hub = new TestHub(folder)) {
            Actor administrator = hub.person("administrator", Role.ADMINISTRATOR);
            int before = hub.hub().people().list(administrator).size();
            execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'vauban' and datname = current_database()");

            refusesWith(
                    ProblemCode.HOME_UNWRITABLE,
                    () -> hub.hub().people().invite(administrator, "Somebody", Set.of(Role.RESEARCHER)));
            refusesWith(ProblemCode.HOME_UNWRITABLE, () -> hub.hub().people().list(administrator));

            hub.reopen().recover();
            assertThat(hub.hub().people().list(administrator)).hasSize(before);
            hub.hub().people().invite(administrator, "Somebody", Set.of(Role.RESEARCHER));
            assertThat(hub.hub().people().list(administrator)).hasSize(before + 1);
        }
    }

    @Test
    void oneHubAtATimeWorksWithADatabase() {
        try (var hub = new TestHub(folder)) {
            assertThat(hub.hub().firstAdministrator()).isPresent();
            refusesWith(ProblemCode.HOME_IN_USE, () -> TestDatabases.of(file()).connect());
            ((PostgresqlServer) TestDatabases.of(file())).requireSuitable();
        }
    }

    @Test
    void aDatabaseThatSortsByALanguageIsRefused() throws SQLException {
        var known = (PostgresqlServer) TestDatabases.of(file());
        String other = "sorted_" + Long.toUnsignedString(folder.hashCode() & 0xFFFFFFFFL);
        execute("create database " + other + " encoding 'UTF8' locale 'C.UTF-8' template template0");

        refusesWith(
                ProblemCode.DATABASE_UNSUITABLE,
                () -> new PostgresqlServer(known.address().replaceAll("/[^/]*$", "/" + other)).connect());
    }

    @Test
    void aCopyIsAFileWithTheSameRows() throws SQLException {
        try (var hub = new TestHub(folder)) {
            hub.person("administrator", Role.ADMINISTRATOR);
            hub.person("researcher", Role.RESEARCHER);
            Path copy = folder.resolve("copy.sqlite");
            try (Connection beside = TestDatabases.beside(file())) {
                Tables.copy(beside, new SqliteFile(copy));
                try (Connection copied = DriverManager.getConnection("jdbc:sqlite:" + copy)) {
                    for (String table : List.of("journal_entry", "account", "invitation", "session")) {
                        assertThat(rows(copied, table)).as(table).isNotEmpty().isEqualTo(rows(beside, table));
                    }
                }
            }
        }
    }

    @Test
    void aSecondCopyServesWithoutTheServer() {
        Path copy = folder.resolve("copy");
        try (var custodian = new TestHub(folder)) {
            Path home = folder.resolve("on-a-server");
            String server = ((PostgresqlServer) TestDatabases.of(home.resolve("control.sqlite"))).address();
            try (Hub hub = Hub.open(home, configuration(custodian, server))) {
                String invitation = hub.firstAdministrator().orElseThrow().oneTimeToken();
                hub.people().claim(invitation, "administrator", TestHub.PASSWORD.toCharArray());
                hub.care().backup(administrator(hub), copy);
            }
            try (Hub restored = Hub.open(copy, configuration(custodian, HubConfiguration.FILE))) {
                assertThat(restored.people().list(administrator(restored))).hasSize(1);
            }
        }
    }

    private static HubConfiguration configuration(TestHub custodian, String database) {
        return new HubConfiguration(
                custodian.custodianAddress(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of(database),
                Policy.NOBODY,
                Optional.empty(),
                custodian.clock());
    }

    private static Actor administrator(Hub hub) {
        String token = hub.people()
                .login("administrator", TestHub.PASSWORD.toCharArray())
                .token();
        return hub.people().actor(token);
    }

    private Path file() {
        return folder.resolve("home").resolve("control.sqlite");
    }

    private void execute(String statement) throws SQLException {
        try (Connection beside = TestDatabases.beside(file());
                Statement executed = beside.createStatement()) {
            executed.execute(statement);
        }
    }

    private static List<Map<String, String>> rows(Connection connection, String table) throws SQLException {
        List<Map<String, String>> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table + " order by 1")) {
            while (rows.next()) {
                Map<String, String> row = new TreeMap<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.put(rows.getMetaData().getColumnName(column), String.valueOf(rows.getString(column)));
                }
                found.add(row);
            }
        }
        return found;
    }
}
