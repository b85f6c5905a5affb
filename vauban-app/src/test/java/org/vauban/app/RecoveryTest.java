package org.vauban.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.custodian.CustodianServer;
import tools.jackson.databind.json.JsonMapper;

/** The next verb after a crash finishes what the crash interrupted, whatever the verb is. */
class RecoveryTest {
    @TempDir
    Path folder = Path.of("");

    private CustodianServer custodian = unopened();

    @SuppressWarnings("NullAway") // Set before each test.
    private static CustodianServer unopened() {
        return null;
    }

    @BeforeEach
    void aHomeWithItsFirstAdministrator() throws IOException {
        custodian = CustodianServer.start(
                folder.resolve("home-custodian"), "correct horse battery".toCharArray(), Clock.systemUTC());
        var first = new TestTerminal(Locale.ENGLISH, folder);
        assertThat(run(first, "init", "--json")).as(first.complained()).isZero();
        String token = JsonMapper.builder()
                .build()
                .readTree(first.written())
                .path("one_time_token")
                .asString();
        var administrator = new TestTerminal(Locale.ENGLISH, folder).answering(token, "a long enough password");
        assertThat(run(administrator, "user", "claim", "anne"))
                .as(administrator.complained())
                .isZero();
    }

    @AfterEach
    void stop() {
        custodian.close();
    }

    @Test
    void anEntryWithoutItsIndexGetsItAtTheNextVerb() throws SQLException {
        // As a crash between the append and the writing back of the index leaves it.
        change("update journal_entry set state = 'pending', log_index = null"
                + " where log_index = (select max(log_index) from journal_entry)");
        assertThat(pending()).isEqualTo(1);
        var anybody = new TestTerminal(Locale.ENGLISH, folder);

        assertThat(run(anybody, "register", "list")).as(anybody.complained()).isZero();

        assertThat(pending()).isZero();
    }

    @Test
    void anEntryThatNeverReachedTheLogIsAppendedOnceTheKeysAreThere() throws SQLException, IOException {
        // As a crash between the commit and the append leaves it.
        change("insert into journal_entry (id, act, phase, entry, body, state)"
                + " select max(id) + 1, act, phase, replace(entry, 'result done', 'result again'), body, 'pending'"
                + " from journal_entry where id = (select max(id) from journal_entry)");
        custodian.close();
        var anybody = new TestTerminal(Locale.ENGLISH, folder);

        // What is public is read without keys, and without a word about them; the entry waits.
        assertThat(run(anybody, "register", "list")).as(anybody.complained()).isZero();
        assertThat(anybody.complained()).doesNotContain("KEYS_ABSENT");
        assertThat(pending()).isEqualTo(1);

        custodian = CustodianServer.start(
                folder.resolve("home-custodian"), "correct horse battery".toCharArray(), Clock.systemUTC());
        assertThat(run(anybody, "register", "list")).as(anybody.complained()).isZero();
        assertThat(pending()).isZero();
    }

    private int run(TestTerminal terminal, String... verb) {
        List<String> arguments = new ArrayList<>(List.of(verb));
        arguments.addAll(List.of("--home", folder.resolve("home").toString()));
        return Vauban.run(terminal, arguments);
    }

    private long pending() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("home/control.sqlite"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from journal_entry where log_index is null")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void change(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("home/control.sqlite"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
