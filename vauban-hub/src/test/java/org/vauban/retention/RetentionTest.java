package org.vauban.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.body.Bodies;
import org.vauban.custody.Keys;
import org.vauban.hub.TestHub;
import org.vauban.journal.Act;
import org.vauban.journal.Entry;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.verify.Trust;
import org.vauban.ledger.verify.Verifier;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.ProblemCode;
import org.vauban.vault.Vault;

/** What was said in the log ends after its time, by two people, unless a hold is on it; the log stays whole. */
class RetentionTest {
    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    /** From the hub's first day, 1 March 2026, to the first on which March need not be kept. */
    private static final Duration FIVE_YEARS_AND_A_MONTH = Duration.ofDays(5 * 365 + 1 + 31);

    @TempDir
    Path folder;

    private TestHub hub;
    private Act said;

    @BeforeEach
    void open() {
        hub = new TestHub(folder);
        hub.person("administrator", Role.ADMINISTRATOR);
        hub.person("auditor", Role.AUDITOR);
        hub.person("member", Role.COMMITTEE_MEMBER);
        hub.person("other", Role.COMMITTEE_MEMBER);
        hub.person("researcher", Role.RESEARCHER);
        said = hub.hub().journal().begin(Entry.of("analysis", "hub", "s-1").body(Map.of("why", "a person's words")));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void beforeItsTimeNothingEnds() {
        assertThat(retention().list(now("auditor")))
                .singleElement()
                .satisfies(month -> assertThat(month.month()).isEqualTo(MARCH))
                .satisfies(month -> assertThat(month.keptUntil()).isEqualTo(LocalDate.of(2031, 3, 31)));
        hub.clock().advance(FIVE_YEARS_AND_A_MONTH.minusDays(1));

        refusesWith(ProblemCode.LOG_KEPT, () -> retention().erase(now("auditor"), MARCH));
        refusesWith(ProblemCode.ROLE_MISSING, () -> retention().erase(now("researcher"), MARCH));
        assertThat(lastEntry()).contains("log-erasure-refused", "LOG_KEPT");
    }

    @Test
    void twoPeopleEndItAndTheLogIsAsWholeAsBefore() throws IOException {
        hub.clock().advance(FIVE_YEARS_AND_A_MONTH);
        String sealed = bodyOf(said);
        assertThat(retention().erase(now("member"), MARCH).state()).isEqualTo(MonthOfLog.State.ASKED);
        refusesWith(ProblemCode.ERASURE_TWO_PEOPLE, () -> retention().erase(now("member"), MARCH));
        refusesWith(ProblemCode.ROLE_MISSING, () -> retention().erase(now("auditor"), MARCH));
        assertThat(hub.hub().journal().beginning(said.entry()).said()).isPresent();

        assertThat(retention().erase(now("other"), MARCH).state()).isEqualTo(MonthOfLog.State.ERASED);

        assertThat(hub.hub().journal().beginning(said.entry()).said()).isEmpty();
        assertThat(hub.hub().journal().begunUnder("p-1", "analysis")).isEmpty();
        // The ciphertext is still there, as it is in every copy; the key is not.
        try (var keys = new Keys(hub.custodianAddress(), Optional.empty())) {
            var bodies = new Bodies(Vault.open(hub.home().resolve("vault"), keys));
            refusesWith(ProblemCode.KEYS_REFUSED, () -> bodies.openBytes(Keys.ofLog(MARCH), "journal", sealed));
        }
        var report = new Verifier(
                        Trust.in(VerifierKey.parse(hub.hub().home().settings().ledgerKey())))
                .verify(hub.hub().ledgerFolder());
        assertThat(report.problem()).isEmpty();
        assertThat(hub.hub().journal().beginning(said.entry()).object()).isEqualTo("s-1");
    }

    @Test
    void aHoldKeepsItBeforeAndAfterItIsDecided() {
        hub.clock().advance(FIVE_YEARS_AND_A_MONTH);
        HoldId first = retention().hold(now("auditor"), MARCH, "an inquiry");
        refusesWith(ProblemCode.LOG_HELD, () -> retention().erase(now("member"), MARCH));
        refusesWith(ProblemCode.ROLE_MISSING, () -> retention().lift(now("auditor"), first));
        retention().lift(now("other"), first);
        retention().erase(now("member"), MARCH);
        HoldId second = retention().hold(now("auditor"), MARCH, "another inquiry");

        refusesWith(ProblemCode.LOG_HELD, () -> retention().erase(now("other"), MARCH));

        assertThat(hub.hub().journal().beginning(said.entry()).said()).isPresent();
        retention().lift(now("other"), second);
        assertThat(retention().erase(now("other"), MARCH).state()).isEqualTo(MonthOfLog.State.ERASED);
        refusesWith(ProblemCode.NOT_FOUND, () -> retention().hold(now("auditor"), MARCH, "too late"));
    }

    @Test
    void whatWasDecidedIsCarriedOutWhenTheLogTakesItAgain() throws IOException {
        hub.clock().advance(FIVE_YEARS_AND_A_MONTH);
        retention().erase(now("member"), MARCH);
        Actor other = now("other");
        Path ofDecision = hub.placeOfTheNextTile();
        Path next = ofDecision.resolveSibling(
                String.valueOf(Integer.parseInt(String.valueOf(ofDecision.getFileName())) + 1));
        Files.createDirectories(next.resolve("in the way"));
        refusesWith(ProblemCode.LEDGER_UNWRITABLE, () -> retention().erase(other, MARCH));
        Files.delete(next.resolve("in the way"));
        Files.delete(next);

        hub.reopen().recover();

        assertThat(retention().list(now("auditor")).getFirst().state()).isEqualTo(MonthOfLog.State.ERASED);
    }

    private Retention retention() {
        return hub.hub().retention();
    }

    /** Sessions end long before bodies do. */
    private Actor now(String login) {
        return hub.login(login);
    }

    private String lastEntry() {
        var tiles = hub.hub().journal().tiles();
        for (long index = tiles.size() - 1; index >= 0; index--) {
            String entry = new String(tiles.read(index), java.nio.charset.StandardCharsets.UTF_8);
            if (entry.contains("log-erasure")) {
                return entry;
            }
        }
        return "";
    }

    private String bodyOf(Act act) {
        try (var connection = java.sql.DriverManager.getConnection(
                        "jdbc:sqlite:" + hub.home().resolve("control.sqlite"));
                var rows = connection
                        .createStatement()
                        .executeQuery("select body from journal_entry where id = " + act.entry())) {
            return rows.getString(1);
        } catch (java.sql.SQLException unread) {
            throw new IllegalStateException(unread);
        }
    }
}
