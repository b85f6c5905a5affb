package org.vauban.study.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.vauban.output.AttritionFlow;
import org.vauban.output.CovariateBalance;
import org.vauban.output.DesignChecks;
import org.vauban.output.Distributions;
import org.vauban.output.EffectEstimates;
import org.vauban.output.Features;
import org.vauban.output.FrequencyTable;
import org.vauban.output.MagnitudeTable;
import org.vauban.output.Occurrences;
import org.vauban.output.Pathways;
import org.vauban.output.RawOutput;
import org.vauban.output.SurvivalCurves;
import org.vauban.plot.FigureNumbers;
import org.vauban.study.Design;
import org.vauban.study.StudyDefinition;
import org.vauban.study.StudyResults;
import org.vauban.study.survival.KaplanMeier;
import org.vauban.study.survival.SurvivalCurve;

/** The parts of a report on how a medicine is used: what was asked, medians and quartiles, tables of persons, persistence. */
final class UtilisationSections {
    private final ReportWords words;
    private final StudyFigures figures;
    private final Html html;

    UtilisationSections(ReportWords words, StudyFigures figures, Html html) {
        this.words = words;
        this.figures = figures;
        this.html = html;
    }

    static List<List<String>> question(StudyDefinition study, Design.DrugUtilisation design, ReportWords words) {
        List<List<String>> said = new ArrayList<>();
        said.add(List.of(words.text("design"), words.text("design.drug-utilisation")));
        said.add(List.of(words.text("drug"), words.label(study.label(design.drug()))));
        design.target()
                .ifPresent(target -> said.add(List.of(words.text("population"), words.label(study.label(target)))));
        said.add(List.of(
                words.text("exposure.washout"),
                design.washoutDays().isPresent()
                        ? words.text("days", design.washoutDays().getAsInt())
                        : words.text("exposure.washout.ever")));
        said.add(List.of(words.text("observation"), words.text("days", design.priorObservationDays())));
        study.period().ifPresent(period -> said.add(List.of(words.text("period"), period.toString())));
        said.add(List.of(words.text("gap"), words.text("days", design.gapDays())));
        said.add(List.of(
                words.text("followed"),
                design.followUpDays().isPresent()
                        ? words.text("days", design.followUpDays().getAsInt())
                        : words.text("followed.end")));
        said.add(List.of(words.text("grace"), words.text("days", design.graceDays())));
        design.indications()
                .ifPresent(
                        sought -> said.add(List.of(words.text("indications"), labels(study, sought.among(), words))));
        design.changes()
                .filter(sought -> !sought.switchTo().isEmpty())
                .ifPresent(sought -> said.add(List.of(words.text("switch"), labels(study, sought.switchTo(), words))));
        said.add(List.of(words.text("dose"), words.text("dose.none")));
        return said;
    }

    private static String labels(StudyDefinition study, List<String> names, ReportWords words) {
        return names.stream().map(name -> words.label(study.label(name))).collect(Collectors.joining(" · "));
    }

    void write(Design.DrugUtilisation design, StudyResults results) {
        for (RawOutput finding : results.findings()) {
            switch (finding) {
                case Distributions distributions -> distributions(distributions);
                case FrequencyTable table -> table(table);
                // These are found by other designs.
                case AttritionFlow _,
                        SurvivalCurves _,
                        EffectEstimates _,
                        CovariateBalance _,
                        Occurrences _,
                        Features _,
                        MagnitudeTable _,
                        DesignChecks _,
                        Pathways _ -> {}
            }
        }
        results.curves().forEach(curves -> persistence(design, curves));
    }

    private void distributions(Distributions distributions) {
        html.section(distributions.name(), words.text("utilisation"))
                .table(
                        words.text(
                                "utilisation.caption",
                                whole(distributions.persons().size())),
                        List.of(
                                words.text("utilisation.measure"),
                                words.text("follow-up.persons"),
                                words.text("utilisation.median")),
                        distributions.rows().stream()
                                .map(row -> List.of(words.label(row.measure()), whole(row.size()), median(row)))
                                .toList())
                .end();
    }

    private String median(Distributions.Row row) {
        return row.size() == 0 ? "–" : words.text("interval", value(row, 0.5), value(row, 0.25), value(row, 0.75));
    }

    private String value(Distributions.Row row, double share) {
        double quantile = row.quantile(share);
        return switch (row.unit()) {
            case COUNT, DAYS ->
                quantile == Math.rint(quantile)
                        ? whole((long) quantile)
                        : FigureNumbers.decimal(quantile, 1, words.language());
            case SHARE -> FigureNumbers.percent(quantile, 1, words.language());
        };
    }

    private void table(FrequencyTable table) {
        String dimension = words.label(table.dimensions().getFirst());
        long all = SummarisedResult.total(table);
        html.section(table.name(), dimension)
                .table(
                        words.text("utilisation.persons"),
                        List.of(dimension, words.text("follow-up.persons"), words.text("utilisation.share")),
                        table.cells().stream()
                                .map(cell -> List.of(
                                        words.label(cell.levels().getFirst()),
                                        whole(cell.count()),
                                        all == 0
                                                ? "–"
                                                : FigureNumbers.percent(
                                                        (double) cell.count() / all, 1, words.language())))
                                .toList())
                .end();
    }

    private void persistence(Design.DrugUtilisation design, SurvivalCurves curves) {
        SurvivalCurves.Arm arm = curves.arms().getFirst();
        html.section(curves.name(), words.text("persistence"));
        if (arm.size() == 0) {
            html.element("p", words.text("persistence.empty")).end();
            return;
        }
        html.raw("<figure>")
                .raw(figures.persistence(curves, words.label(arm.label())).inPage())
                .raw("</figure>");
        SurvivalCurve curve = KaplanMeier.estimate(arm.days(), arm.events(), arm.weights());
        List<Double> days = design.persistenceDays().isEmpty()
                ? StudyFigures.ticks(curves)
                : design.persistenceDays().stream().map(Integer::doubleValue).toList();
        html.table(
                        words.text("persistence.caption", whole(design.graceDays())),
                        List.of(
                                words.text("curves.day"),
                                words.text("persistence.followed"),
                                words.text("persistence.share")),
                        days.stream()
                                .map(day -> List.of(
                                        whole(Math.round(day)),
                                        whole(curve.atRiskAt(day)),
                                        HtmlReport.survivalAt(curve, day, curves.interval(), words)))
                                .toList())
                .end();
    }

    private String whole(long number) {
        return FigureNumbers.whole(number, words.language());
    }
}
