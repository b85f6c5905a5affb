package org.vauban.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes, really killed, in two hubs side by side. {@code -Dvauban.kills=300} makes a campaign of it,
 * {@code -Dvauban.kills.seed=N} another one.
 */
class KillsTest {
    private static final int KILLS = Integer.getInteger("vauban.kills", 30);
    private static final int HUBS = 2;
    private static final long SEED = Long.getLong("vauban.kills.seed", 20_260_301L);
    private static final long RESTART_MILLIS_MAX = 30_000;

    @TempDir
    Path folder = Path.of("");

    @Test
    void whoeverIsKilledNothingAcknowledgedIsLostAndNobodyRepairsAnything() {
        List<Kills> hubs = new ArrayList<>();
        IntStream.range(0, HUBS).forEach(hub -> hubs.add(new Kills(folder.resolve("hub-" + hub), SEED + hub)));
        try (ExecutorService sideBySide = Executors.newFixedThreadPool(HUBS)) {
            CompletableFuture.allOf(IntStream.range(0, HUBS)
                            .mapToObj(hub -> CompletableFuture.runAsync(() -> killAll(hubs.get(hub), hub), sideBySide))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            hubs.forEach(Kills::close);
        }

        System.out.println(Kills.report(hubs));
        assertThat(hubs).allSatisfy(hub -> {
            assertThat(hub.lost()).isEmpty();
            assertThat(hub.halfVisible()).isZero();
            assertThat(hub.mixedReads()).isZero();
            assertThat(hub.repairs()).isZero();
            assertThat(hub.slowestMillis()).isLessThan(RESTART_MILLIS_MAX);
        });
    }

    private static void killAll(Kills hub, int which) {
        hub.begin();
        for (int number = which; number < KILLS; number += HUBS) {
            hub.kill(number);
        }
        hub.verifyTheLog();
    }
}
