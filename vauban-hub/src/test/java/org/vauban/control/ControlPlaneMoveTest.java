package org.vauban.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.hub.ControlPlaneMove;
import org.vauban.hub.HubConfiguration;
import org.vauban.hub.TestDatabases;
import org.vauban.hub.TestHub;
import org.vauban.people.Role;
import org.vauban.problem.ProblemCode;

/** What is copied is compared, and what is not empty is not written to. {@link OnAServerTest} moves to a real server and back. */
class ControlPlaneMoveTest {
    @TempDir
    Path folder;

    @Test
    void aCopyHoldsTheSameAndOneChangedValueIsNoticed() throws SQLException {
        Path one = home().resolve("control.sqlite");
        Path other = folder.resolve("other.sqlite");

        Contents copied;
        try (ControlPlane control = ControlPlane.open(new SqliteFile(one))) {
            copied = control.copyTo(new SqliteFile(other));
        }

        assertThat(copied.rows()).isGreaterThan(3);
        assertThat(contents(other)).isEqualTo(contents(one)).isEqualTo(copied);
        try (Connection connection = connection(other);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update journal_entry set body = body || 'x' where id = 1");
        }
        assertThat(contents(other).rows()).isEqualTo(copied.rows());
        assertThat(contents(other).digest()).isNotEqualTo(copied.digest());
    }

    @Test
    void aDatabaseWithTablesIsNotWrittenTo() throws SQLException {
        Path one = home().resolve("control.sqlite");
        Path other = folder.resolve("other.sqlite");
        ControlPlane.open(new SqliteFile(other)).close();

        try (ControlPlane control = ControlPlane.open(new SqliteFile(one))) {
            refusesWith(ProblemCode.DATABASE_NOT_EMPTY, () -> control.copyTo(new SqliteFile(other)));
        }

        assertThat(contents(other).rows()).isZero();
    }

    @Test
    void aHomeThatSomebodyRunsDoesNotMoveNorAFolderThatIsNone() {
        Path elsewhere = folder.resolve("nothing");
        try (var hub = new TestHub(folder)) {
            refusesWith(
                    ProblemCode.HOME_IN_USE,
                    () -> ControlPlaneMove.move(hub.home(), Optional.empty(), "postgresql://vauban@127.0.0.1:1/hub"));
        }
        refusesWith(
                ProblemCode.HOME_NOT_A_HOME,
                () -> ControlPlaneMove.move(elsewhere, Optional.empty(), HubConfiguration.FILE));
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void aServerThatDoesNotAnswerAndTheFileItselfLeaveAllAsItWas() throws SQLException {
        Path home = home();
        Contents before = contents(home.resolve("control.sqlite"));

        refusesWith(
                ProblemCode.DATABASE_UNREACHABLE,
                () -> ControlPlaneMove.move(home, Optional.empty(), "postgresql://vauban@127.0.0.1:1/hub"));
        refusesWith(
                ProblemCode.DATABASE_NOT_EMPTY,
                () -> ControlPlaneMove.move(home, Optional.empty(), HubConfiguration.FILE));

        assertThat(contents(home.resolve("control.sqlite"))).isEqualTo(before);
        assertThat(org.vauban.hub.Home.settings(home).orElseThrow().database()).isEmpty();
    }

    /** A home with somebody in it, whose control plane is a file. */
    private Path home() {
        assumeThat(TestDatabases.areOnAServer()).isFalse();
        try (var hub = new TestHub(folder)) {
            hub.person("administrator", Role.ADMINISTRATOR);
            return hub.home();
        }
    }

    private static Contents contents(Path file) throws SQLException {
        try (Connection connection = connection(file)) {
            return Tables.contents(connection);
        }
    }

    private static Connection connection(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
