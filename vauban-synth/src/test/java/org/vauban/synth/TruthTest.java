package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theTruthOfTheModelDoesNotDependOnTheSeedOfTheData() throws IOException {
        Map<?, ?> one = truth(1);
        Map<?, ?> two = truth(2);

        assertThat(one.get("population")).isEqualTo(two.get("population"));
        assertThat(one.get("these_persons")).isNotEqualTo(two.get("these_persons"));
    }

    @Test
    void theMarginalEffectIsTheConditionalOneDrawnTowardsOneAndTheCrudeOneIsFarOff() throws IOException {
        Map<?, ?> population = (Map<?, ?>) Objects.requireNonNull(truth(1).get("population"));

        assertThat(figure(population, "marginal_hazard_ratio")).isBetween(0.70, 0.75);
        assertThat(figure(population, "crude_hazard_ratio")).isGreaterThan(1.05);
        assertThat(figure(population, "risk_difference_1_year"))
                .isCloseTo(
                        figure(population, "risk_1_year_on_target") - figure(population, "risk_1_year_on_comparator"),
                        within(2e-6));
    }

    private Map<?, ?> truth(long seed) throws IOException {
        Path out = folder.resolve("seed" + seed);
        new Generation(200, seed, out, false, false).run();
        return (Map<?, ?>) Objects.requireNonNull(Json.read(Files.readString(out.resolve("truth/truth.json"))));
    }

    private static double figure(Map<?, ?> fields, String name) {
        return ((BigDecimal) Objects.requireNonNull(fields.get(name))).doubleValue();
    }
}
