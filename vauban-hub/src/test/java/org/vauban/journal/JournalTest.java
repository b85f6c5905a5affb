package org.vauban.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.hub.TestHub;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.ledger.entry.Phase;
import org.vauban.ledger.log.TileLog;
import org.vauban.problem.ProblemCode;

class JournalTest {
    private static final Entry ENTRY = Entry.of("test-act", "a-12345678", "thing/1");

    @TempDir
    Path folder;

    TestHub hub;

    @BeforeEach
    void open() {
        hub = new TestHub(folder);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void anActIsBegunBeforeAndConcludedAfter() {
        Journal journal = hub.hub().journal();

        Act act = journal.begin(ENTRY);
        long concluded = journal.conclude(act, "done", Map.of("more", "words"), (_, _) -> true);

        TileLog tiles = journal.tiles();
        assertThat(LogEntry.parse(tiles.read(act.index())).header().phase()).isEqualTo(new Phase.Begun());
        assertThat(LogEntry.parse(tiles.read(concluded)).header().phase())
                .isEqualTo(new Phase.Concluded(act.index(), "done"));
    }

    @Test
    void wordsOfPeopleAreNotInTheTiles() throws Exception {
        hub.hub().journal().enter(ENTRY.body("reason", "Madame Canari asked for it"), (_, _) -> true);

        try (var files = Files.walk(hub.hub().ledgerFolder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("Canari");
            }
        }
    }

    @Test
    void aChangeThatFailsLeavesNoEntry() {
        Journal journal = hub.hub().journal();
        journal.enter(ENTRY, (_, _) -> true);
        long before = journal.tiles().size();

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> journal.enter(ENTRY, (_, _) -> {
                    throw new IllegalStateException("the change failed");
                }))
                .hasMessage("the change failed");

        assertThat(journal.tiles().size()).isEqualTo(before);
        assertThat(journal.<String>enter(ENTRY, (_, _) -> "well")).isEqualTo("well");
        assertThat(journal.tiles().size()).isEqualTo(before + 1);
    }

    @Test
    void whenTheLogCannotBeWrittenTheActDoesNotHappen() throws Exception {
        Journal journal = hub.hub().journal();
        journal.enter(ENTRY, (_, _) -> true);
        Path ledger = hub.hub().ledgerFolder();
        Path away = ledger.resolveSibling("ledger-away");
        Files.move(ledger, away);
        boolean[] happened = {false};

        refusesWith(ProblemCode.LEDGER_UNWRITABLE, () -> journal.enter(ENTRY, (_, _) -> happened[0] = true));
        refusesWith(ProblemCode.LEDGER_UNWRITABLE, () -> journal.begin(ENTRY));

        assertThat(happened[0]).isFalse();
        Files.move(away, ledger);
        assertThat(journal.<String>enter(ENTRY, (_, _) -> "well")).isEqualTo("well");
    }

    @Test
    void whatTheCustodianCouldNotSignIsFinishedBeforeTheNextAct() {
        Journal journal = hub.hub().journal();
        journal.enter(ENTRY, (_, _) -> true);
        long size = journal.tiles().size();
        int[] finished = {0};
        journal.finishBeforeTheNextAct(() -> finished[0]++);

        refusesWith(
                ProblemCode.LEDGER_UNWRITABLE,
                () -> journal.enter(ENTRY, (_, _) -> {
                    hub.stopCustodian();
                    return true;
                }));
        hub.startCustodian();
        journal.enter(ENTRY, (_, _) -> true);
        journal.enter(ENTRY, (_, _) -> true);

        assertThat(finished[0]).isEqualTo(1);
        assertThat(journal.tiles().size()).isEqualTo(size + 3);
    }

    @Test
    void whatWasCommittedAndNotYetInTheTilesIsSequencedAtTheNextStart() {
        Journal journal = hub.hub().journal();
        journal.enter(ENTRY, (_, _) -> true);
        long size = journal.tiles().size();
        // As after a crash right after the commit: a pending entry that the tiles do not have.
        hub.addPendingEntry();

        hub.reopen().recover();

        assertThat(hub.hub().journal().tiles().size()).isEqualTo(size + 1);
    }

    @Test
    void entriesThatTheLogHasAndTheIndexLacksAreFoundAgain() {
        Journal journal = hub.hub().journal();
        journal.enter(ENTRY, (_, _) -> true);
        long size = journal.tiles().size();
        // As after a crash right after the append: the newest entry has no index yet.
        hub.forgetLastIndex();

        hub.reopen().recover();

        assertThat(hub.hub().journal().tiles().size()).isEqualTo(size);
        hub.hub().journal().enter(ENTRY, (_, _) -> true);
        assertThat(hub.hub().journal().tiles().size()).isEqualTo(size + 1);
    }
}
