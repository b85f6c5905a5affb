package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What comparisons of a study share.
 *
 * @param scores the propensity scores they can ask for
 * @param competing the cohort whose entries make the outcome impossible, such as death
 * @param negativeControls cohorts that neither exposure can cause: what is found for them is error
 * @param limits beyond which a comparison must not be read
 */
public record ComparisonDesign(
        List<PropensityModel> scores, Optional<String> competing, List<String> negativeControls, Limits limits) {
    public ComparisonDesign {
        scores = List.copyOf(scores);
        negativeControls = List.copyOf(negativeControls);
    }

    /**
     * Beyond any of these a comparison must not be read.
     *
     * @param standardisedDifference the largest of any covariate after adjustment
     * @param equipoise the smallest share of persons for whom both medicines were likely
     * @param detectableRatio the largest ratio that the events suffice to detect
     * @param systematicError the largest expected error of the logarithm of a ratio, learnt from negative controls
     */
    public record Limits(
            double standardisedDifference, double equipoise, double detectableRatio, double systematicError) {
        /** Those of OHDSI's studies, decided before results are seen. */
        public static Limits usual() {
            return new Limits(0.1, 0.2, 10, 0.25);
        }
    }

    /** A study without comparisons by score. */
    public static ComparisonDesign none() {
        return new ComparisonDesign(List.of(), Optional.empty(), List.of(), Limits.usual());
    }

    /** The score of that name; a study that was read has all it refers to. */
    public PropensityModel score(String scoreName) {
        return scores.stream()
                .filter(score -> score.name().equals(scoreName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The study has no score " + scoreName));
    }

    /** The cohorts that are followed beside the outcome: the competing one first, if there is one. */
    List<String> alsoFollowed() {
        List<String> followed = new ArrayList<>();
        competing.ifPresent(followed::add);
        followed.addAll(negativeControls);
        return followed;
    }

    /** Where a negative control stands among {@link #alsoFollowed()}. */
    int placeOfControl(int control) {
        return control + (competing.isPresent() ? 1 : 0);
    }

    /** The windows of all scores, each once. */
    List<PropensityModel.Window> windows() {
        return scores.stream()
                .flatMap(score -> switch (score) {
                    case PropensityModel.LargeScale large -> large.windows().stream();
                    case PropensityModel.Named _ -> Stream.<PropensityModel.Window>empty();
                })
                .distinct()
                .toList();
    }
}
