package org.vauban.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One story of a hub, crashed at any of its steps, and made to fail at any of its calls. {@code -Dvauban.crashes=20000} makes a campaign
 * of the crashes, {@code -Dvauban.faults=1} fails every call instead of some, {@code -Dvauban.crashes.seed=N} takes other chances.
 */
class SimulatedCrashesTest {
    private static final int CRASHES = Integer.getInteger("vauban.crashes", 200);
    private static final int EVERY = Integer.getInteger("vauban.faults", 12);
    private static final long SEED = Long.getLong("vauban.crashes.seed", 20_260_301L);

    @TempDir
    static Path folder = Path.of("");

    private static Story story = untold();

    @SuppressWarnings("NullAway") // Told before all tests.
    private static Story untold() {
        return null;
    }

    @BeforeAll
    static void tell() throws IOException {
        story = Story.tell(folder);
    }

    @AfterAll
    static void close() {
        story.close();
    }

    @Test
    void whateverIsInterruptedNothingAcknowledgedIsLostAndNothingIsSeenInHalf() {
        Campaign campaign = campaign(story.steps());

        List<String> losses = campaign.run(CRASHES);

        System.out.println(campaign.report());
        assertThat(losses).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedFaultIsFound(Planted fault) {
        Campaign campaign = campaign(fault.in(story.steps())).until(1);

        List<String> losses = campaign.run(80);

        System.out.println(fault + ": " + campaign.report());
        assertThat(losses).isNotEmpty();
    }

    @Test
    void aCallThatFailsOnceIsToldAndLosesNothing() {
        var faults = new Faults(story, new Aftermath(folder, story.configuration()));

        List<String> wrong = faults.sweep(EVERY);

        System.out.println(faults.report());
        assertThat(wrong).isEmpty();
    }

    private static Campaign campaign(List<Step> steps) {
        return new Campaign(steps, new Aftermath(folder, story.configuration()), SEED);
    }
}
