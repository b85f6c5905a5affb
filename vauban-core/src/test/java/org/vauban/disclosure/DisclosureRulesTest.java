package org.vauban.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemException;

class DisclosureRulesTest {
    @Test
    void theDefaultsAreTheStrictOnes() {
        assertThat(DisclosureRules.standard())
                .isEqualTo(new DisclosureRules(
                        11, Rounding.MIDPOINT_10, Optional.empty(), List.of(), 7, 30, 10, 10, Dominance.STANDARD));
    }

    @Test
    void aThresholdIsFromThreeToAHundred() {
        assertThat(DisclosureRules.standard().withThreshold(3).threshold()).isEqualTo(3);
        assertThat(DisclosureRules.standard().withThreshold(100).threshold()).isEqualTo(100);
        assertThatThrownBy(() -> DisclosureRules.standard().withThreshold(2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DisclosureRules.standard().withThreshold(101))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPermitOnlyRaisesTheThreshold() {
        assertThat(DisclosureRules.standard().raisedTo(20).threshold()).isEqualTo(20);
        assertThat(DisclosureRules.standard().raisedTo(5).threshold()).isEqualTo(11);
    }

    @Test
    void everyRuleIsReadFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("rules.yaml"), """
                threshold: 15
                rounding: none
                sensitive: [diagnosis]
                structural_zeros:
                  - {sex: M, condition: pregnancy}
                  - {year: 2026}
                bin_days: 14
                bin_days_after_first_year: 60
                degrees_of_freedom: 20
                persons_per_parameter: 15
                dominance_percent: 20
                dominance_contributors: 3
                dominance_share: 70
                """);

        assertThat(DisclosureRules.read(file))
                .isEqualTo(new DisclosureRules(
                        15,
                        Rounding.NONE,
                        Optional.of(Set.of("diagnosis")),
                        List.of(
                                new DisclosureRules.StructuralZero(Map.of("sex", "M", "condition", "pregnancy")),
                                new DisclosureRules.StructuralZero(Map.of("year", "2026"))),
                        14,
                        60,
                        20,
                        15,
                        new Dominance(20, 3, 70)));
    }

    @Test
    void rulesBelowTheLimitsAreAnsweredTogether(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("rules.yaml"),
                "threshold: 2\nbin_days: 6\nbin_days_after_first_year: 29\ndegrees_of_freedom: 9\nstructural_zeros: [{}]\n");

        assertThatThrownBy(() -> DisclosureRules.read(file)).isInstanceOfSatisfying(ProblemException.class, wrong -> {
            assertThat(wrong.problems()).hasSize(5);
            assertThat(wrong.problems()).extracting(Problem::where).allMatch(Optional::isPresent);
        });
    }
}
