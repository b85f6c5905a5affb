package org.vauban.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.hub.TestHub;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.people.Account;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * A PostgreSQL server that is stopped as by a power cut and started again, under a hub that runs. {@code tools/with-postgresql} gives this
 * test a server of its own, {@code -Dvauban.postgresql.other}, and a program that stops and starts it.
 */
class ServerThatGoesAwayTest {
    private static final int TIMES = 3;
    private static final Set<ProblemCode> SAID =
            Set.of(ProblemCode.HOME_UNWRITABLE, ProblemCode.DATABASE_UNREACHABLE, ProblemCode.LEDGER_UNWRITABLE);

    private static final Optional<String> SERVER = Optional.ofNullable(System.getProperty("vauban.postgresql.other"));
    private static final String CONTROL = System.getProperty("vauban.postgresql.other.control", "");

    @TempDir
    Path folder;

    @BeforeEach
    void serverIsThere() {
        assumeTrue(SERVER.isPresent(), "no PostgreSQL server to stop; tools/with-postgresql starts one");
    }

    @Test
    void theHubSaysThatItIsAwayAndGoesOnWhenItIsBack() throws Exception {
        var server = new PostgresqlServer("postgresql://" + SERVER.orElseThrow() + "/postgres");
        try (var hub = new TestHub(folder, folder.resolve("home"), _ -> ControlPlane.open(server))) {
            Actor administrator = hub.person("administrator", Role.ADMINISTRATOR);
            Set<String> acknowledged = new TreeSet<>();
            Set<ProblemCode> told = new TreeSet<>();
            Set<String> unexpected = new TreeSet<>();
            var ended = new AtomicBoolean();
            int before = hub.hub().people().list(administrator).size();

            for (int time = 0; time < TIMES; time++) {
                var working = new CountDownLatch(5);
                Thread acts = Thread.ofPlatform().start(() -> {
                    boolean away = false;
                    while (!away) {
                        try {
                            acknowledged.add(invite(hub, administrator));
                            working.countDown();
                        } catch (ProblemException refused) {
                            told.add(refused.code());
                            away = true;
                        } catch (RuntimeException other) {
                            unexpected.add(other.toString());
                            away = true;
                        }
                    }
                });
                working.await();
                control("stop");
                acts.join();
                try {
                    invite(hub, administrator);
                    ended.set(true);
                } catch (ProblemException refused) {
                    told.add(refused.code());
                }
                control("start");
                acknowledged.add(invite(hub, administrator));
            }

            assertThat(unexpected).isEmpty();
            assertThat(ended).as("an act without its database").isFalse();
            assertThat(told).isSubsetOf(SAID).contains(ProblemCode.DATABASE_UNREACHABLE);
            Set<String> found = new TreeSet<>();
            hub.hub().people().list(administrator).stream().map(Account::id).forEach(id -> found.add(id.value()));
            assertThat(found).containsAll(acknowledged);
            assertThat(found.size() - before - acknowledged.size()).isBetween(0, TIMES);
            assertThat(invitationsInTheLog(hub)).as("each once").isEqualTo(found.size());
        }
    }

    private static String invite(TestHub hub, Actor administrator) {
        return hub.hub()
                .people()
                .invite(administrator, "Somebody", Set.of(Role.RESEARCHER))
                .account()
                .value();
    }

    private static long invitationsInTheLog(TestHub hub) {
        var tiles = hub.hub().journal().tiles();
        long invitations = 0;
        for (long index = 0; index < tiles.size(); index++) {
            if (LogEntry.parse(tiles.read(index)).header().act().equals("account-invited")) {
                invitations++;
            }
        }
        return invitations;
    }

    private static void control(String word) throws IOException, InterruptedException {
        int status = new ProcessBuilder(CONTROL, word).inheritIO().start().waitFor();
        assertThat(status).as(word).isZero();
    }
}
