package org.vauban.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One story, crashed at any of its steps. {@code -Dvauban.crashes=20000} makes a campaign of it, {@code -Dvauban.crashes.seed=N} another
 * one.
 */
class SimulatedCrashesTest {
    private static final int CRASHES = Integer.getInteger("vauban.crashes", 1_500);
    private static final long SEED = Long.getLong("vauban.crashes.seed", 20_260_301L);

    @TempDir
    Path folder = Path.of("");

    @Test
    void whateverIsInterruptedNothingAcknowledgedIsLostAndNothingIsSeenInHalf() throws IOException {
        try (var story = Story.tell(folder, DiskInMemory.Habit.HONEST)) {
            var campaign = new Campaign(story, new Aftermath(folder, story.configuration()), SEED);

            List<String> losses = campaign.run(CRASHES);

            System.out.println(campaign.report());
            assertThat(losses).isEmpty();
        }
    }
}
