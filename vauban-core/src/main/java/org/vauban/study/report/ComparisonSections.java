package org.vauban.study.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.vauban.output.AttritionFlow;
import org.vauban.output.CovariateBalance;
import org.vauban.output.EffectEstimates;
import org.vauban.output.FrequencyTable;
import org.vauban.plot.BalanceFigure;
import org.vauban.plot.ControlsFigure;
import org.vauban.plot.Figure;
import org.vauban.plot.FigureNumbers;
import org.vauban.plot.FigureWords;
import org.vauban.plot.ForestFigure;
import org.vauban.plot.OverlapFigure;
import org.vauban.study.ComparisonDesign;
import org.vauban.study.ComparisonResult;
import org.vauban.study.propensity.ColumnBalance;
import org.vauban.study.synthesis.EmpiricalCalibration;

/** The part of a report that one comparison fills: may it be read, what was found, who was compared, how alike they were. */
final class ComparisonSections {
    /** As many covariates as a figure shows; the table beside it has the same ones, the data file all. */
    private static final int COVARIATES_SHOWN = 25;

    private final ReportWords words;
    private final ComparisonDesign design;
    private final Html html;

    ComparisonSections(ReportWords words, ComparisonDesign design, Html html) {
        this.words = words;
        this.design = design;
        this.html = html;
    }

    void write(ComparisonResult result) {
        html.section("comparison-" + result.analysis(), words.text("comparison", result.analysis()));
        verdict(result);
        result.estimates().ifPresent(estimates -> estimates(result, estimates));
        overlap(result);
        balance(result);
        controls(result);
        html.end();
    }

    private void verdict(ComparisonResult result) {
        CovariateBalance.Diagnostics diagnostics = result.balance().diagnostics();
        html.raw("<p class=\"note\">"
                + Html.escape(words.text(diagnostics.mustNotBeRead() ? "comparison.refused" : "comparison.passed"))
                + "</p>");
        ComparisonDesign.Limits limits = design.limits();
        List<List<String>> rows = new ArrayList<>();
        rows.add(judged(
                "balance",
                decimal(diagnostics.largestAfter(), 3),
                words.text("comparison.at-most", decimal(limits.standardisedDifference(), 3)),
                diagnostics.concerns().contains(CovariateBalance.Concern.NOT_BALANCED)));
        rows.add(judged(
                "equipoise",
                percent(diagnostics.equipoise()),
                words.text("comparison.at-least", percent(limits.equipoise())),
                diagnostics.concerns().contains(CovariateBalance.Concern.NO_EQUIPOISE)));
        rows.add(judged(
                "power",
                decimal(diagnostics.detectableRatio(), 2),
                words.text("comparison.at-most", decimal(limits.detectableRatio(), 2)),
                diagnostics.concerns().contains(CovariateBalance.Concern.TOO_FEW_EVENTS)));
        rows.add(
                diagnostics.systematicError().isPresent()
                        ? judged(
                                "error",
                                decimal(diagnostics.systematicError().getAsDouble(), 3),
                                words.text("comparison.at-most", decimal(limits.systematicError(), 3)),
                                diagnostics.concerns().contains(CovariateBalance.Concern.SYSTEMATIC_ERROR))
                        : List.of(words.text("comparison.error"), "–", "–", words.text("comparison.not-run")));
        html.table(
                words.text("comparison.verdict"),
                List.of(
                        words.text("comparison.asked"),
                        words.text("comparison.found"),
                        words.text("comparison.limit"),
                        words.text("comparison.answer")),
                rows,
                Set.of(3));
        html.element(
                "p",
                words.text(
                        "comparison.facts",
                        decimal(diagnostics.discrimination(), 3),
                        whole(result.chosen()),
                        whole(result.balance().covariates()),
                        decimal(diagnostics.largestBefore(), 3),
                        decimal(diagnostics.byChance(), 3)));
    }

    private List<String> judged(String what, String found, String limit, boolean concern) {
        return List.of(
                words.text("comparison." + what),
                found,
                limit,
                words.text(concern ? "comparison.crossed" : "comparison.kept"));
    }

    private void estimates(ComparisonResult result, EffectEstimates estimates) {
        List<EffectEstimates.Row> ratios = estimates.rows().stream()
                .filter(row -> EffectEstimates.isRatio(row.estimateName()))
                .filter(ComparisonSections::canBeDrawn)
                .toList();
        if (!ratios.isEmpty()) {
            figure(forest(result, ratios));
        }
        // Without negative controls there is nothing to calibrate with, and no empty column.
        boolean calibrated =
                estimates.rows().stream().anyMatch(row -> row.calibrated().isPresent());
        List<String> headings = new ArrayList<>(List.of(
                words.text("estimates.method"),
                words.text("comparison.estimand"),
                words.text("estimates.events", label(result.balance().target())),
                words.text("estimates.events", label(result.balance().comparator())),
                words.text("comparison.estimate")));
        if (calibrated) {
            headings.add(words.text("comparison.calibrated"));
        }
        headings.addAll(List.of("p", words.text("comparison.e-value")));
        html.table(
                words.text("comparison.estimates"),
                headings,
                estimates.rows().stream()
                        .map(row -> estimate(result, row, calibrated))
                        .toList(),
                Set.of(1));
    }

    private static boolean canBeDrawn(EffectEstimates.Row row) {
        return row.estimate() > 0 && Double.isFinite(row.estimate()) && row.ciHigh() >= row.ciLow();
    }

    private List<String> estimate(ComparisonResult result, EffectEstimates.Row row, boolean calibrated) {
        int decimals = row.estimateName().equals("rd") ? 4 : 3;
        double p = row.p().orElse(Double.NaN);
        List<String> cells = new ArrayList<>(List.of(
                label(row.method()),
                label(row.estimand()),
                whole(row.targetEvents().size()) + " / " + whole(row.targets().size()),
                whole(row.comparatorEvents().size()) + " / "
                        + whole(row.comparators().size()),
                row.estimateName().toUpperCase(Locale.ROOT) + " "
                        + interval(row.estimate(), row.ciLow(), row.ciHigh(), decimals)));
        if (calibrated) {
            cells.add(row.calibrated()
                    .map(each -> interval(each.estimate(), each.ciLow(), each.ciHigh(), decimals))
                    .orElse("–"));
        }
        cells.add(p < 0.001 ? "< " + decimal(0.001, 3) : decimal(p, 3));
        cells.add(Optional.ofNullable(result.eValues().get(row.method()))
                .filter(_ -> EffectEstimates.isRatio(row.estimateName()))
                .map(value -> words.text(
                        "comparison.e-value.cell", decimal(value.ofEstimate(), 2), decimal(value.ofInterval(), 2)))
                .orElse("–"));
        return cells;
    }

    private Figure forest(ComparisonResult result, List<EffectEstimates.Row> ratios) {
        String target = label(result.balance().target());
        String comparator = label(result.balance().comparator());
        List<ForestFigure.Row> rows = new ArrayList<>();
        for (EffectEstimates.Row row : ratios) {
            List<String> cells = List.of(
                    whole(row.targetEvents().size()) + " / "
                            + whole(row.targets().size()),
                    whole(row.comparatorEvents().size()) + " / "
                            + whole(row.comparators().size()));
            rows.add(new ForestFigure.Row(label(row.method()), cells, row.estimate(), row.ciLow(), row.ciHigh()));
            row.calibrated()
                    .ifPresent(each -> rows.add(new ForestFigure.Row(
                            words.text("comparison.calibrated-row", label(row.method())),
                            List.of("", ""),
                            each.estimate(),
                            each.ciLow(),
                            each.ciHigh())));
        }
        return new ForestFigure(
                "estimates-" + result.analysis(),
                figureWords(
                        words.text("comparison.forest", target, comparator),
                        words.text("comparison.forest.description", target, comparator)),
                words.text("comparison.ratio"),
                words.text("estimates.lower", target),
                words.text("estimates.higher", target),
                List.of(target, comparator),
                words.text("comparison.estimate"),
                rows);
    }

    private void overlap(ComparisonResult result) {
        FrequencyTable table = result.overlap();
        String target = result.balance().target();
        String comparator = result.balance().comparator();
        List<String> levels = table.cells().stream()
                .map(cell -> cell.levels().get(1))
                .filter(level -> !level.equals(FrequencyTable.TOTAL))
                .distinct()
                .toList();
        List<OverlapFigure.Bin> bins = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (String level : levels) {
            bins.add(new OverlapFigure.Bin(share(table, target, level), share(table, comparator, level)));
            rows.add(List.of(
                    label(level),
                    whole(HtmlReport.count(table, target, level)),
                    whole(HtmlReport.count(table, comparator, level))));
        }
        figure(new OverlapFigure(
                table.name(),
                figureWords(words.text("overlap.title"), words.text("overlap.description")),
                words.text("overlap.axis"),
                label(target),
                label(comparator),
                bins));
        html.table(
                words.text("overlap.title"),
                List.of(words.text("overlap.axis"), label(target), label(comparator)),
                rows);
        List<List<String>> steps = new ArrayList<>();
        AttritionFlow flow = result.attrition();
        for (int step = 0; step < flow.arms().getFirst().steps().size(); step++) {
            List<String> row = new ArrayList<>();
            row.add(label(flow.arms().getFirst().steps().get(step).label()));
            for (AttritionFlow.Arm arm : flow.arms()) {
                row.add(whole(arm.steps().get(step).remaining().size()));
            }
            steps.add(row);
        }
        html.table(
                words.text("comparison.attrition"),
                List.of(words.text("attrition.step"), label(target), label(comparator)),
                steps);
    }

    private static double share(FrequencyTable table, String arm, String level) {
        long all = SummarisedResult.total(table, arm);
        return all == 0 ? 0 : (double) HtmlReport.count(table, arm, level) / all;
    }

    private void balance(ComparisonResult result) {
        List<ColumnBalance> shown = result.covariates().stream()
                .filter(each -> Double.isFinite(each.differenceBefore()) && Double.isFinite(each.differenceAfter()))
                .limit(COVARIATES_SHOWN)
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        figure(new BalanceFigure(
                result.balance().name(),
                figureWords(
                        words.text("balance.title"),
                        words.text(
                                "balance.description",
                                decimal(result.balance().diagnostics().largestBefore(), 3),
                                decimal(result.balance().diagnostics().largestAfter(), 3))),
                words.text("balance.axis"),
                words.text("balance.before"),
                words.text("balance.after"),
                design.limits().standardisedDifference(),
                shown.stream()
                        .map(each -> new BalanceFigure.Row(
                                label(each.covariate().label()),
                                Math.abs(each.differenceBefore()),
                                Math.abs(each.differenceAfter())))
                        .toList()));
        String target = label(result.balance().target());
        String comparator = label(result.balance().comparator());
        html.table(
                words.text(
                        "balance.caption",
                        whole(shown.size()),
                        whole(result.covariates().size())),
                List.of(
                        words.text("balance.covariate"),
                        words.text("balance.mean-before", target),
                        words.text("balance.mean-before", comparator),
                        words.text("balance.difference-before"),
                        words.text("balance.mean-after", target),
                        words.text("balance.mean-after", comparator),
                        words.text("balance.difference-after")),
                shown.stream()
                        .map(each -> List.of(
                                label(each.covariate().label()),
                                decimal(each.targetBefore(), 3),
                                decimal(each.comparatorBefore(), 3),
                                decimal(each.differenceBefore(), 3),
                                decimal(each.targetAfter(), 3),
                                decimal(each.comparatorAfter(), 3),
                                decimal(each.differenceAfter(), 3)))
                        .toList());
    }

    private void controls(ComparisonResult result) {
        if (result.controls().isEmpty()) {
            return;
        }
        result.estimates().stream()
                .flatMap(estimates -> estimates.rows().stream())
                .filter(row -> result.calibrations().containsKey(row.method()))
                .filter(row -> row.standardErrorLog().isPresent() && canBeDrawn(row))
                .findFirst()
                .ifPresent(row -> figure(controls(result, row)));
        html.table(
                words.text("controls.caption"),
                List.of(
                        words.text("controls.outcome"),
                        words.text("estimates.method"),
                        words.text("comparison.ratio"),
                        words.text("controls.error")),
                result.controls().stream()
                        .map(each -> List.of(
                                label(each.outcome()),
                                label(each.method()),
                                decimal(Math.exp(each.logRatio()), 3),
                                decimal(each.standardError(), 3)))
                        .toList(),
                Set.of(1));
        if (result.calibrations().isEmpty()) {
            html.element("p", words.text("controls.too-few"));
        }
    }

    private Figure controls(ComparisonResult result, EffectEstimates.Row row) {
        EmpiricalCalibration calibration =
                Objects.requireNonNull(result.calibrations().get(row.method()));
        return new ControlsFigure(
                "controls-" + result.analysis(),
                figureWords(
                        words.text("controls.title"),
                        words.text(
                                "controls.description",
                                decimal(Math.exp(calibration.mean()), 2),
                                decimal(calibration.deviation(), 2))),
                words.text("comparison.ratio"),
                words.text("controls.error"),
                words.text("controls.control"),
                words.text("controls.estimate"),
                calibration.mean(),
                calibration.deviation(),
                result.controls().stream()
                        .filter(each -> each.method().equals(row.method()))
                        .map(each -> new ControlsFigure.Point(each.logRatio(), each.standardError()))
                        .toList(),
                new ControlsFigure.Point(
                        Math.log(row.estimate()), row.standardErrorLog().orElseThrow()));
    }

    private FigureWords figureWords(String title, String description) {
        return new FigureWords(title, description, words.language());
    }

    private void figure(Figure figure) {
        html.raw("<figure>").raw(figure.inPage()).raw("</figure>");
    }

    private String interval(double value, double low, double high, int decimals) {
        return words.text("interval", decimal(value, decimals), decimal(low, decimals), decimal(high, decimals));
    }

    private String label(String label) {
        return words.label(label);
    }

    private String whole(long number) {
        return FigureNumbers.whole(number, words.language());
    }

    private String decimal(double number, int decimals) {
        return FigureNumbers.decimal(number, decimals, words.language());
    }

    private String percent(double share) {
        return FigureNumbers.percent(share, 1, words.language());
    }
}
