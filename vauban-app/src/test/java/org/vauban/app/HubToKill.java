package org.vauban.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.vauban.app.cli.OpenDoor;
import org.vauban.app.server.RelayServer;
import org.vauban.edition.Edition;
import org.vauban.hub.Hub;
import org.vauban.hub.HubConfiguration;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.publication.PublishedEdition;

/**
 * A hub's process for those who kill it: HOME opened and recovered as {@code serve} does it, with its socket and without pages; and a
 * reader that looks at the newest edition all the time and says what it should not have seen.
 */
final class HubToKill {
    private static final long PAUSE_NANOS = 10_000_000;

    private HubToKill() {}

    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        Hub hub = Hub.open(
                home,
                new HubConfiguration(
                        HubConfiguration.besideHome(home), Optional.empty(), OptionalLong.empty(), Clock.systemUTC()));
        hub.recover();
        RelayServer.start(home, Vauban.runner(new OpenDoor(hub))::run);
        Thread.ofPlatform().daemon().start(() -> read(hub));
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Whoever started it holds the other end.
        }
        Runtime.getRuntime().halt(0);
    }

    private static void read(Hub hub) {
        Map<EditionId, String> seen = new HashMap<>();
        while (true) {
            try {
                List<PublishedEdition> editions = hub.publications().list();
                if (!editions.isEmpty()) {
                    look(hub, editions.getLast(), seen);
                }
            } catch (ProblemException told) {
                // Without a custodian nobody reads; whatever else a reader is told here is half an edition.
                if (told.code() != ProblemCode.KEYS_ABSENT) {
                    System.out.println("half " + told.getMessage());
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void look(Hub hub, PublishedEdition newest, Map<EditionId, String> seen) {
        Edition edition = hub.publications().open(newest.id());
        edition.verify();
        String rows = edition.rows().toString();
        String before = seen.putIfAbsent(newest.id(), rows);
        if ((before != null && !before.equals(rows))
                || edition.rows().getOrDefault(CdmTable.PERSON, 0L) != newest.persons()
                || !edition.root().hex().equals(newest.root())) {
            System.out.println("mixed " + newest.id());
        }
    }
}
