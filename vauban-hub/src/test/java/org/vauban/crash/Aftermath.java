package org.vauban.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.vauban.control.ControlPlane;
import org.vauban.control.SqliteFile;
import org.vauban.desk.Deposited;
import org.vauban.hub.Hub;
import org.vauban.hub.HubConfiguration;
import org.vauban.hub.TestHub;
import org.vauban.journal.Entry;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.verify.Trust;
import org.vauban.ledger.verify.Verifier;
import org.vauban.publication.PublishedEdition;
import org.vauban.register.PublicPermit;
import org.vauban.register.ReleasedDocument;

/** The next process after a crash: it opens the hub, finishes what was interrupted, and is asked for everything. Nobody repairs anything. */
final class Aftermath {
    private final Path home;
    private final HubConfiguration configuration;

    /**
     * A place in which hubs are opened again.
     *
     * @param folder where the story was told: names on the disk in memory begin with it, and SQLite's files are put there
     */
    Aftermath(Path folder, HubConfiguration configuration) {
        this.home = Story.home(folder);
        this.configuration = configuration;
    }

    /** After a crash between two steps. */
    void check(Crash crash, Crash.Way way, Random chance) {
        crash.database().restore(database());
        check(crash, crash.found(way, chance));
    }

    /** After a crash within a commit. */
    void checkTorn(Crash crash, Step.Commit commit, Crash.Way way, Random chance) {
        commit.before().restoreTorn(database(), commit.after(), chance);
        check(crash, crash.found(way, chance));
    }

    Path home() {
        return home;
    }

    Path database() {
        return home.resolve("control.sqlite");
    }

    private void check(Crash crash, DiskInMemory disk) {
        try (Hub hub = TestHub.open(disk.path(home), configuration, file -> ControlPlane.open(new SqliteFile(file)))) {
            List<String> before = whatIsSeenIsWhole(hub, List.of());
            hub.recover();
            whatIsSeenIsWhole(hub, before);
            nothingIsBetweenTwoStates(hub);
            crash.acknowledged().forEach(fact -> fact.check().accept(hub));
            theLogIsWhole(hub);
            hub.journal().enter(Entry.of("life", "hub", "goes-on"), (_, _) -> true);
        }
    }

    /** Readers do not wait for a recovery: what they are shown is there, all of it, at any time. */
    private static List<String> whatIsSeenIsWhole(Hub hub, List<String> known) {
        List<String> seen = new ArrayList<>();
        for (PublishedEdition edition : hub.publications().list()) {
            seen.add(edition.id().value());
            if (!known.contains(edition.id().value())) {
                hub.publications().open(edition.id()).verify();
            }
        }
        hub.register()
                .documents()
                .forEach(document -> assertThat(document.csv()).startsWith("result_id"));
        hub.register().permits().forEach(permit -> assertThat(permit.permit()).isNotEmpty());
        for (Deposited waiting : hub.deposits().waiting()) {
            seen.add(waiting.id().value());
            if (!known.contains(waiting.id().value()) && !Story.TAKEN_BACK.contains(waiting.id())) {
                assertThat(Story.content(hub, waiting)).isNotEmpty();
            }
        }
        assertThat(seen).containsAll(known);
        return seen;
    }

    private static void nothingIsBetweenTwoStates(Hub hub) {
        Map<String, String> decided = hub.permits().granted().stream()
                .collect(Collectors.toMap(
                        permit -> permit.id().value(), permit -> permit.state().word()));
        Map<String, String> shown = hub.register().permits().stream()
                .filter(permit -> permit.state().equals("granted"))
                .collect(Collectors.toMap(PublicPermit::permit, PublicPermit::state));
        assertThat(shown).isEqualTo(decided);
        Set<String> released = hub.airlock().released().stream()
                .map(output -> output.id().value())
                .collect(Collectors.toSet());
        assertThat(hub.register().documents().stream().map(ReleasedDocument::output))
                .containsExactlyInAnyOrderElementsOf(released);
    }

    private static void theLogIsWhole(Hub hub) {
        try {
            var report = new Verifier(
                            Trust.in(VerifierKey.parse(hub.home().settings().ledgerKey())))
                    .verify(hub.ledgerFolder());
            assertThat(report.problem()).isEmpty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
