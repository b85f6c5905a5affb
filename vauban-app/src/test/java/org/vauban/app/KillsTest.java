package org.vauban.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, really killed. {@code -Dvauban.kills=300} makes a campaign of it, {@code -Dvauban.kills.seed=N} another one. */
class KillsTest {
    private static final int KILLS = Integer.getInteger("vauban.kills", 20);
    private static final long SEED = Long.getLong("vauban.kills.seed", 20_260_301L);
    private static final long RESTART_MILLIS_MAX = 30_000;

    @TempDir
    Path folder = Path.of("");

    @Test
    void whoeverIsKilledNothingAcknowledgedIsLostAndNobodyRepairsAnything() {
        try (var kills = new Kills(folder, SEED)) {
            kills.begin();

            for (int number = 0; number < KILLS; number++) {
                kills.kill(number);
            }

            kills.verifyTheLog();
            System.out.println(kills.report());
            assertThat(kills.lost()).isEmpty();
            assertThat(kills.halfVisible()).isZero();
            assertThat(kills.mixedReads()).isZero();
            assertThat(kills.repairs()).isZero();
            assertThat(kills.slowestMillis()).isLessThan(RESTART_MILLIS_MAX);
        }
    }
}
