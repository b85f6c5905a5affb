package org.vauban.study.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vauban.document.Fields;
import org.vauban.output.DesignChecks;
import org.vauban.output.EffectEstimates;
import org.vauban.plot.Figure;
import org.vauban.plot.FigureNumbers;
import org.vauban.plot.FigureWords;
import org.vauban.plot.ForestFigure;
import org.vauban.plot.OccurrenceFigure;
import org.vauban.study.StudyResults;
import org.vauban.study.rates.Interval;
import org.vauban.study.rates.Rates;
import org.vauban.study.selfcontrolled.TimeTrend;

/** The part of a report that a case series fills: may it be read, what was found, how events lie in time. */
final class SeriesSections {
    private static final double LEVEL = 0.95;
    private static final int MONTHS_PER_YEAR = 12;

    private final ReportWords words;
    private final Html html;

    SeriesSections(ReportWords words, Html html) {
        this.words = words;
        this.html = html;
    }

    /** The answers first: they say whether what follows may be read. */
    void checks(DesignChecks checks) {
        html.section("checks", words.text("checks"));
        html.raw("<p class=\"note\">"
                + Html.escape(words.text(checks.mustNotBeRead() ? "checks.refused" : "comparison.passed"))
                + "</p>");
        html.table(
                        words.text("comparison.verdict"),
                        List.of(
                                words.text("comparison.asked"),
                                words.text("checks.about"),
                                words.text("comparison.found"),
                                words.text("comparison.limit"),
                                words.text("comparison.answer")),
                        checks.checks().stream().map(this::check).toList(),
                        Set.of(1, 4))
                .end();
    }

    private List<String> check(DesignChecks.Check check) {
        return List.of(
                words.text("checks." + Fields.word(check.question())),
                words.label(check.about()),
                check.found().map(this::found).orElse("–"),
                words.text("comparison.at-most", decimal(check.limit(), 2)),
                words.text("checks." + Fields.word(check.answer())));
    }

    private String found(DesignChecks.Found found) {
        return found.low().isPresent() && found.high().isPresent()
                ? interval(
                        found.value(), found.low().getAsDouble(), found.high().getAsDouble())
                : decimal(found.value(), 3);
    }

    void estimates(StudyResults results) {
        html.section("estimates", words.text("estimates"));
        results.estimates().ifPresent(estimates -> {
            figure(forest(estimates));
            html.table(
                    words.text("series.caption"),
                    List.of(
                            words.text("estimates.analysis"),
                            words.text("series.exposure"),
                            words.text("series.events"),
                            words.text("series.other-events"),
                            words.text("comparison.estimate"),
                            "p"),
                    estimates.rows().stream().map(this::estimate).toList(),
                    Set.of(1));
        });
        for (StudyResults.NotEstimated none : results.notEstimated()) {
            html.element(
                    "p",
                    words.text("estimates.none", none.analysis(), words.text("reason." + Fields.word(none.reason()))));
        }
        html.end();
    }

    private List<String> estimate(EffectEstimates.Row row) {
        double p = row.p().orElse(Double.NaN);
        return List.of(
                row.analysis(),
                words.label(row.target()),
                whole(row.targetEvents().size()) + " / " + whole(row.targets().size()),
                whole(row.comparatorEvents().size()) + " / "
                        + whole(row.comparators().size()),
                interval(row.estimate(), row.ciLow(), row.ciHigh()),
                p < 0.001 ? "< " + decimal(0.001, 3) : decimal(p, 3));
    }

    private Figure forest(EffectEstimates estimates) {
        String outcome = words.label(estimates.rows().getFirst().outcome());
        return new ForestFigure(
                StudyResults.ESTIMATES,
                figureWords(words.text("series.forest", outcome), words.text("series.forest.description", outcome)),
                words.text("comparison.ratio"),
                words.text("series.lower"),
                words.text("series.higher"),
                List.of(words.text("series.events"), words.text("series.other-events")),
                words.text("comparison.estimate"),
                estimates.rows().stream()
                        .map(row -> new ForestFigure.Row(
                                row.analysis() + " · " + words.label(row.target()),
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

    /** By year: what is judged by month would be a cloud of points. */
    void trend(List<TimeTrend.Interval> months, String outcome) {
        if (months.isEmpty()) {
            return;
        }
        Map<Integer, double[]> years = new TreeMap<>();
        for (TimeTrend.Interval month : months) {
            double[] year = years.computeIfAbsent(Math.floorDiv(month.interval(), MONTHS_PER_YEAR), _ -> new double[2]);
            year[0] += month.observed();
            year[1] += month.expected();
        }
        List<String> labels = years.keySet().stream().map(String::valueOf).toList();
        List<OccurrenceFigure.Point> points = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        years.forEach((year, counts) -> {
            Interval limits = Rates.exact(counts[0], counts[1], LEVEL);
            double ratio = counts[0] / counts[1];
            // Where next to nothing is expected a ratio says nothing, and would take the whole axis.
            boolean tells = counts[1] >= 1;
            if (tells) {
                points.add(new OccurrenceFigure.Point(
                        labels.indexOf(String.valueOf(year)), ratio, limits.lower(), limits.upper()));
            }
            rows.add(List.of(
                    String.valueOf(year),
                    whole(Math.round(counts[0])),
                    decimal(counts[1], 1),
                    tells ? interval(ratio, limits.lower(), limits.upper()) : "–"));
        });
        html.section("trend", words.text("trend"));
        if (!points.isEmpty()) {
            figure(new OccurrenceFigure(
                    "trend",
                    figureWords(words.text("trend.title", outcome), words.text("trend.description")),
                    words.text("trend.axis"),
                    false,
                    labels,
                    List.of(new OccurrenceFigure.Group(outcome, points))));
        }
        html.table(
                        words.text("trend.caption"),
                        List.of(
                                words.text("calendar.years"),
                                words.text("trend.observed"),
                                words.text("trend.expected"),
                                words.text("trend.axis")),
                        rows)
                .end();
    }

    private FigureWords figureWords(String title, String description) {
        return new FigureWords(title, description, words.language());
    }

    private void figure(Figure figure) {
        html.raw("<figure>").raw(figure.inPage()).raw("</figure>");
    }

    private String interval(double value, double low, double high) {
        return words.text("interval", decimal(value, 3), decimal(low, 3), decimal(high, 3));
    }

    private String whole(long number) {
        return FigureNumbers.whole(number, words.language());
    }

    private String decimal(double number, int decimals) {
        return FigureNumbers.decimal(number, decimals, words.language());
    }
}
