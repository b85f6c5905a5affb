package org.vauban.print;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vauban.disclosure.Shown;
import org.vauban.disclosure.ShownBalance;
import org.vauban.disclosure.ShownChecks;
import org.vauban.disclosure.ShownCurves;
import org.vauban.disclosure.ShownDistributions;
import org.vauban.disclosure.ShownEstimates;
import org.vauban.disclosure.ShownFeatures;
import org.vauban.disclosure.ShownFlow;
import org.vauban.disclosure.ShownMagnitudes;
import org.vauban.disclosure.ShownOccurrences;
import org.vauban.disclosure.ShownPathways;
import org.vauban.disclosure.ShownTable;
import org.vauban.output.EffectEstimates;
import org.vauban.output.FrequencyTable;
import org.vauban.output.Occurrences;
import org.vauban.plot.AttritionFigure;
import org.vauban.plot.BalanceFigure;
import org.vauban.plot.DifferenceFigure;
import org.vauban.plot.Figure;
import org.vauban.plot.FigureWords;
import org.vauban.plot.ForestFigure;
import org.vauban.plot.KaplanMeierFigure;
import org.vauban.plot.OccurrenceFigure;
import org.vauban.plot.SankeyFigure;

/** Turns protected content into the figure that shows it. */
final class ShownFigure {
    /** Up to here a difference is called small everywhere. */
    private static final double BALANCE_LIMIT = 0.1;

    private static final int BALANCE_ROWS = 25;

    /** A standardised difference of this size is notable (Austin 2009). */
    private static final double NOTABLE = 0.1;

    /** As many paths as can be followed with the eye. */
    private static final int PATHS_DRAWN = 20;

    private ShownFigure() {}

    static Optional<Figure> of(Shown content, String id, Locale language) {
        Words words = Words.in(language);
        return switch (content) {
            case ShownTable _, ShownMagnitudes _, ShownChecks _, ShownDistributions _ -> Optional.empty();
            case ShownFlow flow -> Optional.of(flow(flow, id, words));
            case ShownCurves curves -> curves(curves, id, words);
            case ShownEstimates estimates -> forest(estimates, id, words);
            case ShownBalance balance -> Optional.of(balance(balance, id, words));
            case ShownOccurrences occurrences -> occurrences(occurrences, id, words);
            case ShownFeatures features -> differences(features, id, words);
            case ShownPathways pathways -> Optional.of(pathways(pathways, id, words));
        };
    }

    private static Optional<Figure> curves(ShownCurves curves, String id, Words words) {
        double longest = curves.arms().stream()
                .flatMap(arm -> arm.bins().stream())
                .mapToInt(ShownCurves.Bin::lastDay)
                .max()
                .orElse(0);
        if (longest == 0) {
            return Optional.empty();
        }
        List<Double> ticks = KaplanMeierFigure.dayTicks(longest);
        List<KaplanMeierFigure.Arm> arms = curves.arms().stream()
                .filter(arm -> !arm.bins().isEmpty())
                .map(arm -> new KaplanMeierFigure.Arm(
                        words.label(arm.label()),
                        arm.bins().stream()
                                .map(bin -> new KaplanMeierFigure.Step(
                                        bin.lastDay(), bin.survival(), bin.low(), bin.high()))
                                .toList(),
                        arm.bins().getLast().lastDay(),
                        ticks.stream().map(tick -> atRisk(arm, tick, words)).toList()))
                .toList();
        return Optional.of(new KaplanMeierFigure(
                id,
                new FigureWords(words.title(curves), words.text("curves.description"), words.language()),
                words.text("curves.time"),
                words.text("survival"),
                words.text("at-risk"),
                words.text("curves.cut"),
                ticks,
                arms));
    }

    /** Persons at risk when the bin that holds this day begins; after the last bin the curve has ended. */
    private static String atRisk(ShownCurves.Arm arm, double day, Words words) {
        return arm.bins().stream()
                .filter(bin -> bin.lastDay() > day)
                .findFirst()
                .map(bin -> words.count(bin.atRisk()))
                .orElse("–");
    }

    private static Optional<Figure> forest(ShownEstimates estimates, String id, Words words) {
        List<ShownEstimates.Row> ratios = estimates.rows().stream()
                .filter(row -> EffectEstimates.isRatio(row.estimateName()))
                .toList();
        boolean hazards = ratios.stream().allMatch(row -> row.estimateName().equals("hr"));
        List<ForestFigure.Row> rows = ratios.stream()
                .map(row -> new ForestFigure.Row(
                        words.label(row.analysis()) + apart(row, ratios, words),
                        List.of(
                                words.count(row.targetEvents()) + " / " + words.count(row.targets()),
                                words.count(row.comparatorEvents()) + " / " + words.count(row.comparators())),
                        row.estimate(),
                        row.ciLow(),
                        row.ciHigh()))
                .toList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        ShownEstimates.Row first = estimates.rows().getFirst();
        String target = words.label(first.target());
        String comparator = words.label(first.comparator());
        return Optional.of(new ForestFigure(
                id,
                new FigureWords(
                        words.text("estimates.title"),
                        words.text("estimates.description", target, comparator, words.label(first.outcome())),
                        words.language()),
                words.text(hazards ? "hazard-ratio" : "ratio"),
                words.text("estimates.lower", target),
                words.text("estimates.higher", target),
                List.of(target, comparator),
                words.text(hazards ? "estimates.column" : "estimates.column.ratio"),
                rows));
    }

    /** What tells a row from others of its analysis: the method, or of one method the level, which an estimand ends with. */
    private static String apart(ShownEstimates.Row row, List<ShownEstimates.Row> all, Words words) {
        List<ShownEstimates.Row> same = all.stream()
                .filter(each -> each.analysis().equals(row.analysis()))
                .toList();
        if (same.size() == 1) {
            return "";
        }
        boolean sameMethod = same.stream().allMatch(each -> each.method().equals(row.method()));
        String level =
                row.estimand().substring(row.estimand().lastIndexOf(", ") + 1).strip();
        return " · " + words.label(sameMethod ? level : row.method());
    }

    /** Those that differ most first, up to what a figure holds; the table beside it has them all. */
    private static Figure balance(ShownBalance balance, String id, Words words) {
        return new BalanceFigure(
                id,
                new FigureWords(words.title(balance), words.text("balance.description"), words.language()),
                words.text("balance.axis"),
                words.text("balance.before"),
                words.text("balance.after"),
                BALANCE_LIMIT,
                balance.rows().stream()
                        .map(row -> new BalanceFigure.Row(
                                words.label(row.covariate()),
                                Math.abs(row.differenceBefore()),
                                Math.abs(row.differenceAfter())))
                        .sorted(Comparator.comparingDouble((BalanceFigure.Row row) -> -row.after())
                                .thenComparingDouble(row -> -row.before())
                                .thenComparing(BalanceFigure.Row::label))
                        .limit(BALANCE_ROWS)
                        .toList());
    }

    /** All together with each sex; by age the table tells. What is hidden is a gap. */
    private static Optional<Figure> occurrences(ShownOccurrences occurrences, String id, Words words) {
        List<String> intervals = occurrences.rows().stream()
                .map(ShownOccurrences.Row::interval)
                .distinct()
                .toList();
        Map<String, List<OccurrenceFigure.Point>> groups = new LinkedHashMap<>();
        for (ShownOccurrences.Row row : occurrences.rows()) {
            if (row.age().equals(FrequencyTable.TOTAL)) {
                String sex = row.sex().equals(FrequencyTable.TOTAL) ? words.text("total") : words.label(row.sex());
                row.estimate()
                        .ifPresent(found -> groups.computeIfAbsent(sex, _ -> new ArrayList<>())
                                .add(new OccurrenceFigure.Point(
                                        intervals.indexOf(row.interval()), found.value(), found.low(), found.high())));
            }
        }
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        boolean shares = occurrences.measure() == Occurrences.Measure.PREVALENCE;
        return Optional.of(new OccurrenceFigure(
                id,
                new FigureWords(words.title(occurrences), words.text("occurrences.description"), words.language()),
                words.text(shares ? "prevalence.estimate" : "incidence.estimate"),
                shares,
                intervals.stream().map(words::label).toList(),
                groups.entrySet().stream()
                        .map(group -> new OccurrenceFigure.Group(group.getKey(), group.getValue()))
                        .toList()));
    }

    /** The largest differences, where both numbers are shown. */
    private static Optional<Figure> differences(ShownFeatures features, String id, Words words) {
        List<DifferenceFigure.Row> rows = features.rows().stream()
                .filter(row -> features.difference(row).isPresent())
                .map(row -> new DifferenceFigure.Row(
                        row.conceptName() + ", " + words.window(row.fromDay(), row.toDay()),
                        features.difference(row).orElseThrow()))
                .sorted(Comparator.comparingDouble(row -> -Math.abs(row.difference())))
                .limit(DifferenceFigure.ROWS_MAX)
                .toList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DifferenceFigure(
                id,
                new FigureWords(words.title(features), words.text("features.description"), words.language()),
                words.text("difference"),
                words.text(
                        "features.more", words.label(features.groups().getLast().label())),
                words.text(
                        "features.more",
                        words.label(features.groups().getFirst().label())),
                NOTABLE,
                rows));
    }

    /** The most frequent paths, and with the others those that no eye could follow; nothing that the table does not have. */
    private static Figure pathways(ShownPathways pathways, String id, Words words) {
        List<SankeyFigure.Path> drawn = new ArrayList<>();
        long others = pathways.others();
        for (ShownPathways.Row row : pathways.rows()) {
            if (drawn.size() >= PATHS_DRAWN) {
                others += row.persons();
            } else {
                drawn.add(new SankeyFigure.Path(
                        row.steps().isEmpty()
                                ? List.of(words.text("pathways.untreated"))
                                : row.steps().stream().map(words::step).toList(),
                        row.persons(),
                        row.steps().isEmpty()));
            }
        }
        if (others > 0) {
            drawn.add(new SankeyFigure.Path(List.of(words.text("pathways.others")), others, true));
        }
        return new SankeyFigure(
                id,
                new FigureWords(words.title(pathways), words.text("pathways.description"), words.language()),
                words.text("pathways.step"),
                drawn);
    }

    /** Arms side by side. A step that one arm had to merge into the next stands there as merged. */
    private static Figure flow(ShownFlow flow, String id, Words words) {
        Set<String> labels = new LinkedHashSet<>();
        flow.arms().forEach(arm -> arm.steps().forEach(step -> labels.addAll(step.labels())));
        List<AttritionFigure.Step> steps = new ArrayList<>();
        List<String> merged = new ArrayList<>();
        for (String label : labels) {
            merged.add(label);
            List<AttritionFigure.Cell> cells = flow.arms().stream()
                    .map(arm -> arm.steps().stream()
                            .filter(step -> step.labels().getLast().equals(label))
                            .findFirst()
                            .map(step -> new AttritionFigure.Cell(
                                    words.count(step.remaining()), step.lost() == 0 ? "" : words.count(step.lost())))
                            .orElseGet(() -> new AttritionFigure.Cell(words.text("merged"), "")))
                    .toList();
            boolean nobodyStops = flow.arms().stream()
                    .allMatch(arm -> arm.steps().stream()
                            .noneMatch(step -> step.labels().getLast().equals(label)));
            if (!nobodyStops) {
                steps.add(new AttritionFigure.Step(words.labels(merged), cells));
                merged.clear();
            }
        }
        return new AttritionFigure(
                id,
                new FigureWords(words.text("flow.title"), words.text("flow.description"), words.language()),
                flow.arms().stream().map(arm -> words.label(arm.label())).toList(),
                steps);
    }
}
