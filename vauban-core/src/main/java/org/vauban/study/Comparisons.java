package org.vauban.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.vauban.output.AttritionFlow;
import org.vauban.output.FrequencyTable;
import org.vauban.output.PersonSet;
import org.vauban.output.SurvivalCurves;
import org.vauban.study.Analysis.Comparison.Trim;
import org.vauban.study.propensity.Adjustment;
import org.vauban.study.propensity.ColumnBalance;
import org.vauban.study.propensity.PreferenceScore;
import org.vauban.study.survival.CoxResult;

/** Makes the arms of a study alike by a propensity score, step by step, and compares them. A score is fitted once for all that ask. */
final class Comparisons {
    private static final String ARM = "Arm";
    private static final String PREFERENCE = "Preference score";
    private static final int PREFERENCE_BINS = 10;

    private final StudyDefinition definition;
    private final Design.NewUserActiveComparator design;
    private final NewUserArms arms;
    private final Runnable checkpoint;
    private final Map<String, Optional<Scored>> scored = new HashMap<>();

    Comparisons(
            StudyDefinition definition, Design.NewUserActiveComparator design, NewUserArms arms, Runnable checkpoint) {
        this.definition = definition;
        this.design = design;
        this.arms = arms;
        this.checkpoint = checkpoint;
    }

    /** Empty when there is no score or nobody is left, which the reasons then tell; so do they of single estimates. */
    Optional<ComparisonResult> run(Analysis.Comparison analysis, Consumer<StudyResults.NotEstimated> reasons) {
        Optional<Scored> found = scored.computeIfAbsent(
                analysis.score(), name -> Scored.by(definition.comparison().score(name), definition, arms));
        if (found.isEmpty()) {
            reasons.accept(new StudyResults.NotEstimated(analysis.name(), CoxResult.Reason.NO_PROPENSITY_SCORE));
            return Optional.empty();
        }
        checkpoint.run();
        Scored all = found.get();
        double[] preferences = PreferenceScore.of(all.scores(), all.target());
        int[] trimmed = trimmed(analysis.trims(), all, preferences);
        if (lacksAnArm(trimmed, all)) {
            reasons.accept(new StudyResults.NotEstimated(analysis.name(), CoxResult.Reason.NOBODY_LEFT));
            return Optional.empty();
        }
        Adjustment.Adjusted adjusted = adjust(analysis.adjustment(), all, trimmed);
        int[] kept = adjusted.kept();
        if (lacksAnArm(kept, all)) {
            reasons.accept(new StudyResults.NotEstimated(analysis.name(), CoxResult.Reason.NOBODY_LEFT));
            return Optional.empty();
        }
        Compared compared = Compared.of(all.persons(), all.target(), adjusted, analysis.adjustment(), kept);
        var effects = new Effects(definition, design, analysis, compared, checkpoint);
        effects.estimate(reasons);
        List<ColumnBalance> balance = ColumnBalance.of(all.columns(), all.target(), adjusted.weights());
        var judgement = new Judgement(definition, all, preferences, compared, balance, effects.calibrations());
        return Optional.of(new ComparisonResult(
                analysis.name(),
                attrition(analysis, all, trimmed, kept),
                overlap(analysis, all, preferences),
                judgement.output(analysis.name(), label(0), label(1)),
                judgement.sorted(),
                all.chosen(),
                curves(analysis, compared),
                effects.output(),
                effects.eValues(),
                effects.controls(),
                effects.calibrations()));
    }

    private static int[] trimmed(List<Trim> trims, Scored all, double[] preferences) {
        return IntStream.range(0, all.scores().length)
                .filter(row -> trims.stream().allMatch(trim -> {
                    double value = switch (trim.by()) {
                        case PREFERENCE -> preferences[row];
                        case SCORE -> all.scores()[row];
                    };
                    return value >= trim.from() && value <= trim.to();
                }))
                .toArray();
    }

    private static boolean lacksAnArm(int[] rows, Scored all) {
        return IntStream.of(rows).noneMatch(row -> all.target()[row])
                || IntStream.of(rows).allMatch(row -> all.target()[row]);
    }

    /** Adjusts those who are left after trimming, and tells of everybody: who was trimmed weighs nothing. */
    private static Adjustment.Adjusted adjust(Adjustment adjustment, Scored all, int[] trimmed) {
        double[] scores =
                IntStream.of(trimmed).mapToDouble(row -> all.scores()[row]).toArray();
        boolean[] target = new boolean[trimmed.length];
        for (int place = 0; place < trimmed.length; place++) {
            target[place] = all.target()[trimmed[place]];
        }
        Adjustment.Adjusted some = Adjustment.apply(adjustment, scores, target);
        double[] weights = new double[all.scores().length];
        int[] sets = new int[weights.length];
        Arrays.fill(sets, -1);
        for (int place = 0; place < trimmed.length; place++) {
            weights[trimmed[place]] = some.weights()[place];
            sets[trimmed[place]] = some.sets()[place];
        }
        return new Adjustment.Adjusted(weights, sets);
    }

    private AttritionFlow attrition(Analysis.Comparison analysis, Scored all, int[] trimmed, int[] kept) {
        List<AttritionFlow.Arm> flows = new ArrayList<>();
        for (int arm = 0; arm < arms.exposed().size(); arm++) {
            List<AttritionFlow.Step> steps = new ArrayList<>();
            boolean target = arm == 0;
            PersonSet study = Characteristics.persons(arms.exposed().get(arm), _ -> true);
            steps.add(new AttritionFlow.Step(StepLabels.IN_THE_STUDY, study));
            int[] everybody = IntStream.range(0, all.persons().size()).toArray();
            if (all.persons().size()
                    < arms.exposed().stream().mapToInt(List::size).sum()) {
                steps.add(new AttritionFlow.Step(StepLabels.SCORED, persons(all, everybody, target)));
            }
            if (!analysis.trims().isEmpty()) {
                steps.add(new AttritionFlow.Step(StepLabels.TRIMMED, persons(all, trimmed, target)));
            }
            switch (analysis.adjustment()) {
                case Adjustment.Matching _ ->
                    steps.add(new AttritionFlow.Step(StepLabels.MATCHED, persons(all, kept, target)));
                case Adjustment.Stratification _ ->
                    steps.add(new AttritionFlow.Step(StepLabels.IN_COMMON_STRATA, persons(all, kept, target)));
                case Adjustment.Unadjusted _, Adjustment.Weighting _ -> {}
            }
            flows.add(new AttritionFlow.Arm(label(arm), steps));
        }
        return new AttritionFlow(ComparisonResult.attritionName(analysis.name()), flows);
    }

    /** Persons by arm and preference: how far both medicines were possible for the same people. */
    private FrequencyTable overlap(Analysis.Comparison analysis, Scored all, double[] preferences) {
        List<FrequencyTable.Cell> cells = new ArrayList<>();
        for (int arm = 0; arm <= 2; arm++) {
            int asked = arm;
            String of = arm == 2 ? FrequencyTable.TOTAL : label(arm);
            for (int bin = 0; bin <= PREFERENCE_BINS; bin++) {
                int place = bin;
                int[] rows = IntStream.range(0, preferences.length)
                        .filter(row -> asked == 2 || all.target()[row] == (asked == 0))
                        .filter(row -> place == PREFERENCE_BINS || bin(preferences[row]) == place)
                        .toArray();
                cells.add(FrequencyTable.Cell.of(
                        persons(all, rows), of, bin == PREFERENCE_BINS ? FrequencyTable.TOTAL : between(bin)));
            }
        }
        return new FrequencyTable(
                ComparisonResult.overlapName(analysis.name()),
                List.of(ARM, PREFERENCE),
                cells,
                Set.of(ARM, PREFERENCE));
    }

    private static int bin(double preference) {
        return Math.min(PREFERENCE_BINS - 1, (int) (preference * PREFERENCE_BINS));
    }

    private static String between(int bin) {
        return "0." + bin + " to " + (bin + 1 == PREFERENCE_BINS ? "1.0" : "0." + (bin + 1));
    }

    private SurvivalCurves curves(Analysis.Comparison analysis, Compared compared) {
        List<SurvivalCurves.Arm> drawn = new ArrayList<>();
        for (int arm = 0; arm < 2; arm++) {
            int[] rows = compared.arm(arm == 0);
            boolean[] events = new boolean[rows.length];
            for (int place = 0; place < rows.length; place++) {
                events[place] = compared.followed().get(rows[place]).event();
            }
            drawn.add(new SurvivalCurves.Arm(
                    label(arm),
                    IntStream.of(rows)
                            .mapToLong(row -> compared.persons().get(row).person())
                            .toArray(),
                    IntStream.of(rows)
                            .map(row -> compared.followed().get(row).days())
                            .toArray(),
                    events,
                    compared.isWeighted()
                            ? IntStream.of(rows)
                                    .mapToDouble(row -> compared.weights()[row])
                                    .toArray()
                            : new double[0]));
        }
        return new SurvivalCurves(ComparisonResult.curvesName(analysis.name()), "days", drawn, analysis.interval());
    }

    private static PersonSet persons(Scored all, int[] rows, boolean target) {
        return persons(
                all,
                IntStream.of(rows).filter(row -> all.target()[row] == target).toArray());
    }

    static PersonSet persons(Scored all, int[] rows) {
        return PersonSet.of(IntStream.of(rows)
                .mapToLong(row -> all.persons().get(row).person())
                .toArray());
    }

    private String label(int arm) {
        return StudyAnalyses.label(arms, arm);
    }
}
