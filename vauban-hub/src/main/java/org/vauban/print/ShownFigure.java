package org.vauban.print;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.vauban.disclosure.Shown;
import org.vauban.disclosure.ShownCurves;
import org.vauban.disclosure.ShownEstimates;
import org.vauban.disclosure.ShownFlow;
import org.vauban.disclosure.ShownTable;
import org.vauban.plot.AttritionFigure;
import org.vauban.plot.Figure;
import org.vauban.plot.FigureWords;
import org.vauban.plot.ForestFigure;
import org.vauban.plot.KaplanMeierFigure;

/** Turns protected content into the figure that shows it. */
final class ShownFigure {
    private ShownFigure() {}

    static Optional<Figure> of(Shown content, String id, Locale language) {
        Words words = Words.in(language);
        return switch (content) {
            case ShownTable _ -> Optional.empty();
            case ShownFlow flow -> Optional.of(flow(flow, id, words));
            case ShownCurves curves -> curves(curves, id, words);
            case ShownEstimates estimates -> forest(estimates, id, words);
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
        List<ForestFigure.Row> rows = estimates.rows().stream()
                .map(row -> new ForestFigure.Row(
                        words.label(row.analysis()),
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
                words.text("hazard-ratio"),
                words.text("estimates.lower", target),
                words.text("estimates.higher", target),
                List.of(target, comparator),
                words.text("estimates.column"),
                rows));
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
