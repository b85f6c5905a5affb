package org.vauban.study.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vauban.output.AttritionFlow;
import org.vauban.output.EffectEstimates;
import org.vauban.output.Features;
import org.vauban.output.FrequencyTable;
import org.vauban.output.Occurrences;
import org.vauban.output.Pathways;
import org.vauban.output.SurvivalCurves;
import org.vauban.plot.AttritionFigure;
import org.vauban.plot.DifferenceFigure;
import org.vauban.plot.FigureNumbers;
import org.vauban.plot.FigureWords;
import org.vauban.plot.ForestFigure;
import org.vauban.plot.KaplanMeierFigure;
import org.vauban.plot.OccurrenceFigure;
import org.vauban.plot.SankeyFigure;
import org.vauban.study.StudyResults;
import org.vauban.study.survival.KaplanMeier;
import org.vauban.study.survival.SurvivalCurve;

/** Turns exact results into figures, for the laboratory's page. */
final class StudyFigures {
    private static final double LEVEL = 0.95;
    /** A standardised difference of this size is notable (Austin 2009). */
    private static final double NOTABLE = 0.1;

    /** As many paths as can be followed with the eye. */
    private static final int PATHS_DRAWN = 20;

    private final ReportWords words;

    StudyFigures(ReportWords words) {
        this.words = words;
    }

    AttritionFigure attrition(AttritionFlow flow) {
        List<AttritionFigure.Step> steps = new ArrayList<>();
        int count = flow.arms().getFirst().steps().size();
        for (int step = 0; step < count; step++) {
            List<AttritionFigure.Cell> cells = new ArrayList<>();
            for (AttritionFlow.Arm arm : flow.arms()) {
                int lost = lost(arm, step);
                cells.add(new AttritionFigure.Cell(
                        whole(arm.steps().get(step).remaining().size()), lost == 0 ? "" : whole(-lost)));
            }
            steps.add(new AttritionFigure.Step(
                    words.label(flow.arms().getFirst().steps().get(step).label()), cells));
        }
        return new AttritionFigure(
                flow.name(),
                new FigureWords(
                        words.text("attrition.title"),
                        words.text(
                                "attrition.description",
                                flow.arms().stream()
                                        .map(arm -> words.text(
                                                "attrition.arm",
                                                words.label(arm.label()),
                                                whole(arm.steps()
                                                        .getFirst()
                                                        .remaining()
                                                        .size()),
                                                whole(arm.steps()
                                                        .getLast()
                                                        .remaining()
                                                        .size())))
                                        .collect(Collectors.joining(" "))),
                        words.language()),
                flow.arms().stream().map(arm -> words.label(arm.label())).toList(),
                steps);
    }

    static int lost(AttritionFlow.Arm arm, int step) {
        return step == 0
                ? 0
                : arm.steps().get(step - 1).remaining().size()
                        - arm.steps().get(step).remaining().size();
    }

    KaplanMeierFigure curves(SurvivalCurves curves, String outcome) {
        return curves(curves, "curves", outcome);
    }

    /** How long the use of a medicine goes on. */
    KaplanMeierFigure persistence(SurvivalCurves curves, String drug) {
        return curves(curves, "persistence", drug);
    }

    private KaplanMeierFigure curves(SurvivalCurves curves, String kind, String about) {
        List<Double> ticks = ticks(curves);
        List<KaplanMeierFigure.Arm> arms = new ArrayList<>();
        List<String> read = new ArrayList<>();
        for (SurvivalCurves.Arm arm : curves.arms()) {
            SurvivalCurve curve = KaplanMeier.estimate(arm.days(), arm.events(), arm.weights());
            List<KaplanMeierFigure.Step> steps = new ArrayList<>();
            for (int row = 0; row < curve.rows(); row++) {
                if (curve.events(row) > 0) {
                    SurvivalCurve.Limits limits = curve.limits(row, SummarisedResult.scale(curves.interval()), LEVEL);
                    steps.add(new KaplanMeierFigure.Step(
                            curve.time(row), curve.survival(row), limits.lower(), limits.upper()));
                }
            }
            double end = curve.time(curve.rows() - 1);
            arms.add(new KaplanMeierFigure.Arm(
                    words.label(arm.label()),
                    steps,
                    end,
                    ticks.stream().map(tick -> whole(curve.atRiskAt(tick))).toList()));
            read.add(words.text(
                    kind + ".arm",
                    words.label(arm.label()),
                    FigureNumbers.percent(curve.survivalAt(end), 1, words.language()),
                    whole(Math.round(end))));
        }
        return new KaplanMeierFigure(
                curves.name(),
                new FigureWords(
                        words.text(kind + ".title", about),
                        words.text(kind + ".description", String.join(" ", read)),
                        words.language()),
                words.text(kind + ".time"),
                words.text(kind + ".survival"),
                words.text("curves.at-risk"),
                words.text("curves.cut"),
                ticks,
                arms);
    }

    static List<Double> ticks(SurvivalCurves curves) {
        int longest = 1;
        for (SurvivalCurves.Arm arm : curves.arms()) {
            for (int days : arm.days()) {
                longest = Math.max(longest, days);
            }
        }
        return KaplanMeierFigure.dayTicks(longest);
    }

    ForestFigure forest(EffectEstimates estimates) {
        EffectEstimates.Row first = estimates.rows().getFirst();
        String target = words.label(first.target());
        String comparator = words.label(first.comparator());
        boolean severalOfOne = estimates.rows().stream()
                        .map(EffectEstimates.Row::analysis)
                        .distinct()
                        .count()
                < estimates.rows().size();
        return new ForestFigure(
                StudyResults.ESTIMATES,
                new FigureWords(
                        words.text("estimates.title", target, comparator),
                        estimates.rows().stream()
                                .map(row -> words.text(
                                        "estimates.row",
                                        row.analysis(),
                                        FigureNumbers.decimal(row.estimate(), 2, words.language()),
                                        FigureNumbers.decimal(row.ciLow(), 2, words.language()),
                                        FigureNumbers.decimal(row.ciHigh(), 2, words.language())))
                                .collect(Collectors.joining(" ")),
                        words.language()),
                words.text("estimates.axis"),
                words.text("estimates.lower", target),
                words.text("estimates.higher", target),
                List.of(target, comparator),
                words.text("estimates.column"),
                estimates.rows().stream()
                        .map(row -> new ForestFigure.Row(
                                row.analysis() + (severalOfOne ? " · " + words.label(level(row)) : ""),
                                List.of(
                                        whole(row.targetEvents().size()) + " / "
                                                + whole(row.targets().size()),
                                        whole(row.comparatorEvents().size()) + " / "
                                                + whole(row.comparators().size())),
                                row.estimate(),
                                row.ciLow(),
                                row.ciHigh()))
                        .toList());
    }

    /** The last part of an estimand: the level of an exposure that has several. */
    private static String level(EffectEstimates.Row row) {
        return row.estimand().substring(row.estimand().lastIndexOf(", ") + 2);
    }

    /** All together with each sex, and each age group, as far as groups can be told apart. */
    List<OccurrenceFigure> occurrences(Occurrences occurrences) {
        List<OccurrenceFigure> figures = new ArrayList<>();
        for (boolean byAge : new boolean[] {false, true}) {
            Map<String, List<OccurrenceFigure.Point>> groups = new LinkedHashMap<>();
            List<String> intervals = occurrences.rows().stream()
                    .map(Occurrences.Row::interval)
                    .distinct()
                    .toList();
            for (Occurrences.Row row : occurrences.rows()) {
                boolean drawn = byAge
                        ? row.sex().equals(FrequencyTable.TOTAL) && !row.age().equals(FrequencyTable.TOTAL)
                        : row.age().equals(FrequencyTable.TOTAL);
                if (drawn) {
                    row.estimate()
                            .ifPresent(found -> groups.computeIfAbsent(
                                            words.label(byAge ? row.age() : row.sex()), _ -> new ArrayList<>())
                                    .add(new OccurrenceFigure.Point(
                                            intervals.indexOf(row.interval()),
                                            found.value(),
                                            found.low(),
                                            found.high())));
                }
            }
            if (!groups.isEmpty() && groups.size() <= OccurrenceFigure.GROUPS_MAX) {
                figures.add(occurrences(occurrences, byAge, intervals, groups));
            }
        }
        return figures;
    }

    private OccurrenceFigure occurrences(
            Occurrences occurrences,
            boolean byAge,
            List<String> intervals,
            Map<String, List<OccurrenceFigure.Point>> groups) {
        String measure = occurrences.name();
        return new OccurrenceFigure(
                measure + (byAge ? "-by-age" : "-by-sex"),
                new FigureWords(
                        words.text(measure + ".title", words.label(occurrences.outcome())),
                        words.text(measure + ".description", String.join(", ", groups.keySet())),
                        words.language()),
                words.text(measure + ".axis"),
                occurrences.measure() == Occurrences.Measure.PREVALENCE,
                intervals.stream().map(words::label).toList(),
                groups.entrySet().stream()
                        .map(group -> new OccurrenceFigure.Group(group.getKey(), group.getValue()))
                        .toList());
    }

    /** The most frequent paths, and all others as one. */
    SankeyFigure pathways(Pathways pathways) {
        List<SankeyFigure.Path> drawn = new ArrayList<>();
        long others = 0;
        for (Pathways.Row row : pathways.rows()) {
            long persons = row.persons().size();
            if (drawn.size() >= PATHS_DRAWN) {
                others += persons;
            } else if (persons > 0) {
                drawn.add(
                        row.steps().isEmpty()
                                ? new SankeyFigure.Path(List.of(words.text("pathways.untreated")), persons, true)
                                : new SankeyFigure.Path(
                                        row.steps().stream().map(this::step).toList(), persons, false));
            }
        }
        if (others > 0) {
            drawn.add(new SankeyFigure.Path(List.of(words.text("pathways.others")), others, true));
        }
        return new SankeyFigure(
                pathways.name(),
                new FigureWords(
                        words.text("pathways.title", words.label(pathways.target())),
                        words.text(
                                "pathways.description",
                                whole(pathways.everybody().size())),
                        words.language()),
                words.text("pathways.step"),
                drawn);
    }

    /** A path in words. */
    String path(List<Pathways.Step> steps) {
        return steps.isEmpty()
                ? words.text("pathways.untreated")
                : steps.stream().map(this::step).collect(Collectors.joining(" → "));
    }

    private String step(Pathways.Step step) {
        return step.treatments().stream().map(words::label).collect(Collectors.joining(" + "));
    }

    /** The largest differences of two groups; of one group there is none. */
    Optional<DifferenceFigure> differences(Features features) {
        if (features.groups().size() < 2) {
            return Optional.empty();
        }
        String target = words.label(features.groups().getFirst().label());
        String comparator = words.label(features.groups().getLast().label());
        // What all of one group have and nobody of the other, such as the medicine itself, has no place on an axis.
        List<DifferenceFigure.Row> rows = mostTelling(features, features.rows().size()).stream()
                .filter(row -> Double.isFinite(difference(features, row)))
                .limit(DifferenceFigure.ROWS_MAX)
                .map(row -> new DifferenceFigure.Row(
                        row.conceptName() + ", " + words.window(row.fromDay(), row.toDay()), difference(features, row)))
                .toList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DifferenceFigure(
                features.name(),
                new FigureWords(
                        words.text("features.title", target, comparator),
                        words.text("features.description"),
                        words.language()),
                words.text("characteristics.difference"),
                words.text("features.more", comparator),
                words.text("features.more", target),
                NOTABLE,
                rows));
    }

    /** The largest differences first; of a single group the most frequent. */
    static List<Features.Row> mostTelling(Features features, int most) {
        boolean compared = features.groups().size() > 1;
        return features.rows().stream()
                .sorted(Comparator.comparingDouble(
                        row -> -(compared ? Math.abs(difference(features, row)) : share(features, row, 0))))
                .limit(most)
                .toList();
    }

    static double share(Features features, Features.Row row, int group) {
        return (double) row.persons().get(group).size()
                / features.groups().get(group).persons().size();
    }

    static double difference(Features features, Features.Row row) {
        double difference = Features.standardisedDifference(share(features, row, 0), share(features, row, 1));
        // A group of nobody has no shares.
        return Double.isNaN(difference) ? 0 : difference;
    }

    String whole(long number) {
        return FigureNumbers.whole(number, words.language());
    }
}
