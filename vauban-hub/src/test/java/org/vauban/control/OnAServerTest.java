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
import org.vauban.hub.ControlPlaneMove;
import org.vauban.hub.ControlPlaneMove.Moved;
import org.vauban.hub.Home;
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
    void aLostConnectionLosesNothingThatWasAcknowledgedAndTheHubGoesOn() throws SQLException {
        try (var hub = new TestHub(folder)) {
            Actor administrator = hub.person("administrator", Role.ADMINISTRATOR);
            int before = hub.hub().people().list(administrator).size();
            execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'vauban' and datname = current_database()");

            refusesWith(ProblemCode.HOME_UNWRITABLE, () -> invite(hub, administrator));

            assertThat(hub.hub().people().list(administrator)).hasSize(before);
            invite(hub, administrator);
            assertThat(hub.hub().people().list(administrator)).hasSize(before + 1);
        }
    }

    /** The entry is in the log, and the control plane was not told: appended once more it would be there twice. */
    @Test
    void aConnectionThatIsLostBetweenLogAndIndexLeavesNothingMissingAndNothingDouble() throws SQLException {
        try (var hub = new TestHub(folder)) {
            Actor administrator = hub.person("administrator", Role.ADMINISTRATOR);
            int people = hub.hub().people().list(administrator).size();
            long entries = hub.hub().journal().tiles().size();
            endConnections("before update");

            refusesWith(ProblemCode.HOME_UNWRITABLE, () -> invite(hub, administrator));
            execute("drop trigger end_it on journal_entry");
            hub.hub().settle();

            assertThat(hub.hub().people().list(administrator)).hasSize(people + 1);
            invite(hub, administrator);
            assertThat(hub.hub().people().list(administrator)).hasSize(people + 2);
            assertThat(hub.hub().journal().tiles().size()).isEqualTo(entries + 2);
        }
    }

    @Test
    void aConnectionThatIsLostInTheCommitLeavesAllOfItOrNothing() throws SQLException {
        try (var hub = new TestHub(folder)) {
            Actor administrator = hub.person("administrator", Role.ADMINISTRATOR);
            int people = hub.hub().people().list(administrator).size();
            long entries = hub.hub().journal().tiles().size();
            endConnections("after insert");

            refusesWith(ProblemCode.HOME_UNWRITABLE, () -> invite(hub, administrator));
            execute("drop trigger end_it on journal_entry");

            invite(hub, administrator);
            assertThat(hub.hub().people().list(administrator)).hasSize(people + 1);
            assertThat(hub.hub().journal().tiles().size()).isEqualTo(entries + 1);
        }
    }

    /** From now on whoever touches an entry like this loses the connection; after an insert, when it commits. */
    private void endConnections(String when) throws SQLException {
        execute("create function end_it() returns trigger language plpgsql as"
                + " $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$");
        execute(
                when.startsWith("after")
                        ? "create constraint trigger end_it after insert on journal_entry deferrable initially deferred"
                                + " for each row execute function end_it()"
                        : "create trigger end_it " + when + " on journal_entry for each row execute function end_it()");
    }

    private static void invite(TestHub hub, Actor administrator) {
        hub.hub().people().invite(administrator, "Somebody", Set.of(Role.RESEARCHER));
    }

    @Test
    void aHubMovesToAServerAndBackWithAllThatItKnows() throws SQLException {
        try (var custodian = new TestHub(folder)) {
            Path home = folder.resolve("moving");
            Path file = home.resolve("control.sqlite");
            String server = ((PostgresqlServer) TestDatabases.of(file)).address();
            try (Hub hub = Hub.open(home, configuration(custodian, Optional.empty()))) {
                String invitation = hub.firstAdministrator().orElseThrow().oneTimeToken();
                hub.people().claim(invitation, "administrator", TestHub.PASSWORD.toCharArray());
                hub.people().invite(administrator(hub), "Somebody", Set.of(Role.RESEARCHER));
                refusesWith(ProblemCode.HOME_IN_USE, () -> ControlPlaneMove.move(home, Optional.empty(), server));
            }

            Moved there = ControlPlaneMove.move(home, Optional.empty(), server);

            assertThat(there.rows()).isGreaterThan(5);
            assertThat(Home.settings(home).orElseThrow().database()).contains(server);
            assertThat(file).doesNotExist();
            refusesWith(
                    ProblemCode.DATABASE_UNREACHABLE,
                    () -> ControlPlaneMove.move(home, Optional.of(HubConfiguration.FILE), server));
            try (Hub hub = Hub.open(home, configuration(custodian, Optional.empty()))) {
                hub.people().invite(administrator(hub), "Somebody else", Set.of(Role.RESEARCHER));
                assertThat(hub.people().list(administrator(hub))).hasSize(3);
            }
            Moved back = ControlPlaneMove.move(home, Optional.empty(), HubConfiguration.FILE);
            assertThat(back.rows()).isGreaterThan(there.rows());
            try (Hub hub = Hub.open(home, configuration(custodian, Optional.empty()))) {
                assertThat(hub.people().list(administrator(hub))).hasSize(3);
                hub.people().invite(administrator(hub), "Another", Set.of(Role.RESEARCHER));
            }
            refusesWith(
                    ProblemCode.DATABASE_MOVED, () -> Hub.open(home, configuration(custodian, Optional.of(server))));
            refusesWith(ProblemCode.DATABASE_MOVED, () -> ControlPlaneMove.move(home, Optional.empty(), server));
        }
    }

    @Test
    void aMoveThatWasCutShortLeavesTheOldOneInForce() throws SQLException {
        try (var custodian = new TestHub(folder)) {
            Path home = folder.resolve("staying");
            Path file = home.resolve("control.sqlite");
            Database server = TestDatabases.of(file);
            try (Hub hub = Hub.open(home, configuration(custodian, Optional.empty()))) {
                String invitation = hub.firstAdministrator().orElseThrow().oneTimeToken();
                hub.people().claim(invitation, "administrator", TestHub.PASSWORD.toCharArray());
            }
            // All was copied; then the machine stopped before HOME was told.
            try (ControlPlane control = ControlPlane.open(new SqliteFile(file))) {
                control.copyTo(server);
            }

            try (Hub hub = Hub.open(home, configuration(custodian, Optional.empty()))) {
                assertThat(hub.people().list(administrator(hub))).hasSize(1);
            }
            refusesWith(
                    ProblemCode.DATABASE_NOT_EMPTY, () -> ControlPlaneMove.move(home, Optional.empty(), server.name()));
            try (Connection beside = TestDatabases.beside(file);
                    Statement anew = beside.createStatement()) {
                anew.execute("drop schema public cascade");
                anew.execute("create schema public");
            }
            assertThat(ControlPlaneMove.move(home, Optional.empty(), server.name())
                            .to())
                    .isEqualTo(server.name());
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
                new PostgresqlServer("postgresql://nobody@localhost/nothing").copyTo(beside, copy);
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
            try (Hub hub = Hub.open(home, configuration(custodian, Optional.of(server)))) {
                String invitation = hub.firstAdministrator().orElseThrow().oneTimeToken();
                hub.people().claim(invitation, "administrator", TestHub.PASSWORD.toCharArray());
                hub.care().backup(administrator(hub), copy);
            }
            try (Hub restored = Hub.open(copy, configuration(custodian, Optional.of(HubConfiguration.FILE)))) {
                assertThat(restored.people().list(administrator(restored))).hasSize(1);
            }
        }
    }

    private static HubConfiguration configuration(TestHub custodian, Optional<String> database) {
        return new HubConfiguration(
                custodian.custodianAddress(),
                Optional.empty(),
                OptionalLong.empty(),
                database,
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
