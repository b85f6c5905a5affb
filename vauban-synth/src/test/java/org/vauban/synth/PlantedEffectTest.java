package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlantedEffectTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, Generation.DEFAULT_SEED})
    void aCrudeComparisonMissesThePlantedEffectAndAnAdjustedOneFindsIt(long seed) throws IOException {
        new Generation(5_000, seed, folder, false, false).run();

        NewUserStudy study = NewUserStudy.on(folder.resolve("omop"));
        SmallCox.Fit crude = study.crude();
        SmallCox.Fit adjusted = study.adjusted();

        System.out.printf(
                "seed %d: users %d, target %d, events %d; crude %.3f [%.3f, %.3f]; adjusted %.3f [%.3f, %.3f], se %.3f%n",
                seed,
                study.users(),
                study.targets(),
                study.events(),
                crude.hazardRatio(0),
                crude.low(0),
                crude.high(0),
                adjusted.hazardRatio(0),
                adjusted.low(0),
                adjusted.high(0),
                adjusted.standardErrors()[0]);
        assertThat(crude.hazardRatio(0)).isGreaterThan(0.95);
        assertThat(crude.low(0)).isGreaterThan(PlantedModel.CONDITIONAL_HAZARD_RATIO);
        assertThat(Math.log(adjusted.hazardRatio(0) / PlantedModel.CONDITIONAL_HAZARD_RATIO))
                .isBetween(-0.3, 0.3);
        assertThat(adjusted.standardErrors()[0]).isLessThanOrEqualTo(0.12);
        assertThat(study.events()).isGreaterThanOrEqualTo(600);
        assertThat(study.users()).isBetween(2_700, 3_700);
    }
}
