package org.vauban.study.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.vauban.document.Fields;
import org.vauban.omop.CdmColumn;
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
import org.vauban.plot.Figure;
import org.vauban.plot.FigureNumbers;
import org.vauban.plot.FigureStyle;
import org.vauban.study.Analysis;
import org.vauban.study.Design;
import org.vauban.study.RiskExposure;
import org.vauban.study.StepLabels;
import org.vauban.study.StudyCohort;
import org.vauban.study.StudyDefinition;
import org.vauban.study.StudyPlan;
import org.vauban.study.StudyResults;
import org.vauban.study.TimeAtRisk;
import org.vauban.study.TimeEffect;
import org.vauban.study.survival.KaplanMeier;
import org.vauban.study.survival.SurvivalCurve;

/** {@code report.html}: one file that opens anywhere, in the order in which a reader asks: what, who, how many, how much. */
final class HtmlReport {
    private static final double LEVEL = 0.95;
    private static final double DAYS_PER_YEAR = 365.25;
    /** A page of more rows is read by nobody; the CSV file has all. */
    private static final int FEATURE_ROWS_MAX = 100;

    private static final int PATHS_MAX = 100;

    private static final String STYLE = """
            :root { color-scheme: light dark; --vauban-ground: #ffffff; --vauban-ink: #1b2430; --vauban-muted: #505c6b;
              --vauban-grid: #e4e8ed; --vauban-axis: #7c8896; --vauban-panel: #f3f6f9; --note: #fff6dd; --note-ink: #5c4300; }
            @media screen and (prefers-color-scheme: dark) { :root { --vauban-ground: #12171e; --vauban-ink: #e9edf2;
              --vauban-muted: #b0bac6; --vauban-grid: #2b333d; --vauban-axis: #84909d; --vauban-panel: #1b222b;
              --note: #352a0c; --note-ink: #f5dfa6; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--vauban-ground); color: var(--vauban-ink);
              font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
            header, main, footer { max-width: 64rem; margin: 0 auto; padding: 0 1.25rem; }
            header { padding-top: 2.5rem; }
            h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .5rem; text-wrap: balance; }
            h2 { font-size: 1.3rem; margin: 0 0 .9rem; }
            section { padding: 1.75rem 0 .5rem; }
            section + section { border-top: 1px solid var(--vauban-grid); margin-top: 1.25rem; }
            .lead { color: var(--vauban-muted); margin: 0 0 1rem; }
            .note { background: var(--note); color: var(--note-ink); border-radius: 6px; padding: .7rem 1rem; margin: 1rem 0 0; }
            dl { margin: 0; }
            dl div { display: grid; grid-template-columns: 15rem 1fr; gap: .25rem 1rem; padding: .35rem 0; }
            dl div + div { border-top: 1px solid var(--vauban-grid); }
            dt { color: var(--vauban-muted); }
            dd { margin: 0; overflow-wrap: anywhere; }
            figure { margin: 0 0 1.25rem; }
            .table { overflow-x: auto; margin: 0 0 1rem; }
            table { border-collapse: collapse; width: 100%; font-size: .925rem; font-variant-numeric: tabular-nums; }
            caption { text-align: left; color: var(--vauban-muted); padding: .35rem 0; }
            th, td { padding: .4rem .75rem .4rem 0; text-align: right; vertical-align: top;
              border-bottom: 1px solid var(--vauban-grid); }
            th:first-child { text-align: left; }
            thead th { border-bottom: 1.5px solid var(--vauban-axis); vertical-align: bottom; }
            tbody th { font-weight: 500; min-width: 9rem; }
            td { white-space: nowrap; }
            td.words, th.words { text-align: left; white-space: normal; min-width: 14rem; }
            footer { color: var(--vauban-muted); font-size: .875rem; padding-bottom: 3rem; }
            @media (max-width: 40rem) { dl div { grid-template-columns: 1fr; } h1 { font-size: 1.4rem; } }
            @media print { body { font-size: 10.5pt; } header, main, footer { max-width: none; padding: 0; }
              section { break-inside: avoid; } .note { border: 1px solid; } }
            """;

    private final StudyPlan plan;
    private final StudyDefinition study;
    private final StudyResults results;
    private final RunFacts facts;
    private final ReportWords words;
    private final StudyFigures figures;
    private final Html html = new Html();

    private HtmlReport(StudyPlan plan, StudyResults results, RunFacts facts, Locale language) {
        this.plan = plan;
        this.study = plan.definition();
        this.results = results;
        this.facts = facts;
        this.words = ReportWords.in(language);
        this.figures = new StudyFigures(words);
    }

    static String of(StudyPlan plan, StudyResults results, RunFacts facts, Locale language) {
        return new HtmlReport(plan, results, facts, language).page();
    }

    private String page() {
        html.raw("<!DOCTYPE html>")
                .raw("<html lang=\"" + words.language().getLanguage() + "\">")
                .raw("<head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .raw(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
                .element("title", study.title())
                .raw("<style>\n" + STYLE + FigureStyle.css() + "</style></head>")
                .raw("<body><header>")
                .element("h1", study.title())
                .raw("<p class=\"lead\">" + Html.escape(words.text("lead", study.name(), facts.data())) + "</p>")
                .raw("<p class=\"note\">" + Html.escape(words.text("laboratory")) + "</p>")
                .raw("</header><main>");
        question();
        switch (study.design()) {
            case Design.NewUserActiveComparator _ -> {
                estimates();
                var comparisons = new ComparisonSections(words, study.comparison(), html);
                results.comparisons().forEach(comparisons::write);
                attrition();
                followUp();
                characteristics();
                curves();
            }
            case Design.Incidence _, Design.Prevalence _, Design.TreatmentPathways _ -> {
                findings();
                attrition();
            }
            case Design.Characterisation _ -> {
                attrition();
                characteristics();
                findings();
            }
            case Design.ExposureOverTime _ -> {
                findings();
                estimates();
                followUp();
                attrition();
                characteristics();
            }
            case Design.SelfControlledCaseSeries _ -> {
                var sections = new SeriesSections(words, html);
                findings();
                sections.estimates(results);
                sections.trend(results.trend(), outcome());
                followUp();
                attrition();
            }
            case Design.DrugUtilisation design -> {
                attrition();
                new UtilisationSections(words, figures, html).write(design, results);
            }
        }
        provenance();
        html.raw("</main><footer><p>" + Html.escape(words.text("footer", facts.version()))
                + "</p></footer></body></html>");
        return html.toString();
    }

    private void question() {
        html.section("question", words.text("question"));
        switch (study.design()) {
            case Design.NewUserActiveComparator design -> {
                TimeAtRisk risk = design.timeAtRisk();
                List<List<String>> said = new ArrayList<>();
                said.add(List.of(words.text("design"), words.text("design.new-user")));
                said.add(List.of(words.text("target"), label(design.target())));
                said.add(List.of(words.text("comparator"), label(design.comparator())));
                said.add(List.of(words.text("outcome"), label(design.outcome())));
                said.add(List.of(words.text("exposure"), words.text("exposure." + Fields.word(design.exposure()))));
                said.add(List.of(words.text("observation"), words.text("days", number(design.priorObservationDays()))));
                study.period().ifPresent(period -> said.add(List.of(words.text("period"), period.toString())));
                results.commonPeriod().ifPresent(period -> said.add(List.of(words.text("common"), period.toString())));
                said.add(List.of(
                        words.text("risk"),
                        words.text(
                                "risk.from-to",
                                anchor(risk.startAnchor(), risk.startDays()),
                                anchor(risk.endAnchor(), risk.endDays()))));
                html.definitions(said);
            }
            case Design.Incidence design -> {
                List<List<String>> said =
                        population("design.incidence", design.outcome(), design.population(), design.calendar());
                said.add(List.of(
                        words.text("washout"),
                        design.washoutDays().isPresent()
                                ? words.text("days", number(design.washoutDays().getAsInt()))
                                : words.text("washout.ever")));
                said.add(List.of(words.text("repeated"), words.text(design.repeatedEvents() ? "yes" : "no")));
                said.add(List.of(words.text("limits"), words.text("limits." + Fields.word(design.confidence()))));
                html.definitions(said);
            }
            case Design.Prevalence design -> {
                List<List<String>> said =
                        population("design.prevalence", design.outcome(), design.population(), design.calendar());
                said.add(List.of(words.text("moment"), words.text("moment." + Fields.word(design.moment()))));
                if (design.moment() == Design.Moment.PERIOD) {
                    said.add(List.of(words.text("contribution"), words.text(design.fullContribution() ? "yes" : "no")));
                }
                html.definitions(said);
            }
            case Design.Characterisation design -> html.definitions(members(design));
            case Design.SelfControlledCaseSeries design -> html.definitions(series(design));
            case Design.ExposureOverTime design -> html.definitions(overTime(design));
            case Design.TreatmentPathways design -> html.definitions(paths(design));
            case Design.DrugUtilisation design -> html.definitions(UtilisationSections.question(study, design, words));
        }
        html.end();
    }

    private List<List<String>> overTime(Design.ExposureOverTime design) {
        List<List<String>> said = new ArrayList<>();
        said.add(List.of(words.text("design"), words.text("design.over-time")));
        said.add(List.of(words.text("population"), label(design.population())));
        said.add(List.of(words.text("series.exposure"), label(design.exposure())));
        said.add(List.of(words.text("outcome"), label(design.outcome())));
        said.add(List.of(words.text("entry"), words.text("entry." + Fields.word(design.entry()))));
        said.add(List.of(words.text("observation"), words.text("days", number(design.priorObservationDays()))));
        said.add(List.of(words.text("over-time.new-users"), words.text(design.newUsers() ? "yes" : "no")));
        study.period().ifPresent(period -> said.add(List.of(words.text("period"), period.toString())));
        said.add(List.of(
                words.text("over-time.follow-up"),
                design.followUpDays().isPresent()
                        ? words.text("days", number(design.followUpDays().getAsInt()))
                        : words.text("over-time.observed")));
        return said;
    }

    private List<List<String>> series(Design.SelfControlledCaseSeries design) {
        List<List<String>> said = new ArrayList<>();
        said.add(List.of(words.text("design"), words.text("design.series")));
        said.add(List.of(words.text("outcome"), label(design.outcome())));
        said.add(List.of(words.text("series.counted"), words.text("series.counted." + Fields.word(design.events()))));
        said.add(List.of(words.text("series.naive"), words.text("days", number(design.naiveDays()))));
        study.period().ifPresent(period -> said.add(List.of(words.text("period"), period.toString())));
        for (RiskExposure exposure : design.exposures()) {
            for (RiskExposure.Window window : exposure.windows()) {
                TimeAtRisk days = window.days();
                said.add(List.of(
                        words.text("series.window", window.name(), label(exposure.cohort())),
                        words.text(
                                "series.from-to",
                                anchor(days.startAnchor(), days.startDays()),
                                anchor(days.endAnchor(), days.endDays()))));
            }
            said.add(List.of(
                    words.text("series.before", label(exposure.cohort())),
                    exposure.preExposureDays() == 0
                            ? words.text("checks.not-run")
                            : words.text("days", number(exposure.preExposureDays()))));
        }
        said.add(List.of(words.text("age"), effect(design.age(), "series.years")));
        said.add(List.of(words.text("series.season"), effect(design.season(), "series.months")));
        return said;
    }

    private String effect(TimeEffect effect, String unit) {
        return switch (effect) {
            case TimeEffect.None _ -> words.text("series.none");
            case TimeEffect.Steps(int width) -> words.text(unit, number(width));
            case TimeEffect.Spline(int knots) -> words.text("series.spline", number(knots));
        };
    }

    private List<List<String>> members(Design.Characterisation design) {
        List<List<String>> said = new ArrayList<>();
        said.add(List.of(words.text("design"), words.text("design.characterisation")));
        said.add(List.of(
                words.text("cohorts"),
                design.cohorts().stream().map(this::label).collect(Collectors.joining(" · "))));
        said.add(List.of(words.text("entry"), words.text("entry." + Fields.word(design.entry()))));
        said.add(List.of(words.text("observation"), words.text("days", number(design.priorObservationDays()))));
        study.period().ifPresent(period -> said.add(List.of(words.text("period"), period.toString())));
        design.features()
                .ifPresent(features -> said.add(List.of(
                        words.text("features.least"),
                        FigureNumbers.percent(features.leastShare(), 2, words.language()))));
        return said;
    }

    private void findings() {
        for (RawOutput finding : results.findings()) {
            switch (finding) {
                case Occurrences occurrences -> occurrences(occurrences);
                case Features features -> features(features);
                case DesignChecks checks -> new SeriesSections(words, html).checks(checks);
                case Pathways pathways -> pathways(pathways);
                // What other designs find stands in parts of its own.
                case FrequencyTable _,
                        MagnitudeTable _,
                        AttritionFlow _,
                        SurvivalCurves _,
                        EffectEstimates _,
                        CovariateBalance _,
                        Distributions _ -> {}
            }
        }
    }

    private List<List<String>> paths(Design.TreatmentPathways design) {
        List<List<String>> said = new ArrayList<>();
        said.add(List.of(words.text("design"), words.text("design.treatment-pathways")));
        said.add(List.of(words.text("population"), label(design.target())));
        said.add(List.of(
                words.text("treatments"),
                design.treatments().stream()
                        .map(name -> words.label(study.label(name)))
                        .collect(Collectors.joining(" · "))));
        said.add(List.of(words.text("observation"), words.text("days", number(design.priorObservationDays()))));
        study.period().ifPresent(period -> said.add(List.of(words.text("period"), period.toString())));
        said.add(List.of(
                words.text("eras.begin"),
                words.text(
                        design.followUpDays().isPresent() ? "eras.begin.days" : "eras.begin.stay",
                        String.valueOf(design.fromDay()).replace("-", "−"),
                        number(design.followUpDays().orElse(0)))));
        said.add(List.of(words.text("eras.collapse"), words.text("days", number(design.collapseDays()))));
        said.add(List.of(words.text("eras.least"), words.text("days", number(design.leastEraDays()))));
        said.add(List.of(words.text("combination"), words.text("days", number(design.combinationDays()))));
        said.add(List.of(words.text("parts.least"), words.text("days", number(design.leastPartDays()))));
        said.add(List.of(words.text("kept"), words.text("kept." + Fields.word(design.kept()))));
        said.add(List.of(words.text("longest"), number(design.longest())));
        return said;
    }

    private void pathways(Pathways pathways) {
        html.section(pathways.name(), words.text("pathways"));
        long all = pathways.everybody().size();
        if (all == 0) {
            html.element("p", words.text("pathways.none")).end();
            return;
        }
        figure(figures.pathways(pathways));
        html.table(
                        words.text("pathways.caption", number(all)),
                        List.of(
                                words.text("pathways.path"),
                                words.text("follow-up.persons"),
                                words.text("utilisation.share")),
                        pathways.rows().stream()
                                .filter(row -> row.persons().size() > 0)
                                .limit(PATHS_MAX)
                                .map(row -> List.of(
                                        figures.path(row.steps()),
                                        number(row.persons().size()),
                                        percent((double) row.persons().size() / all)))
                                .toList())
                .end();
    }

    private List<List<String>> population(
            String kind, String outcome, Design.Population population, Design.Calendar calendar) {
        List<List<String>> said = new ArrayList<>();
        said.add(List.of(words.text("design"), words.text(kind)));
        said.add(List.of(words.text("outcome"), label(outcome)));
        said.add(List.of(
                words.text("population"),
                population.target().map(this::label).orElse(words.label(StepLabels.EVERYBODY))));
        said.add(List.of(words.text("observation"), words.text("days", number(population.priorObservationDays()))));
        study.period().ifPresent(period -> said.add(List.of(words.text("period"), period.toString())));
        said.add(List.of(words.text("calendar"), words.text("calendar." + Fields.word(calendar.interval()))));
        said.add(List.of(words.text("calendar.complete"), words.text(calendar.completeIntervals() ? "yes" : "no")));
        return said;
    }

    private void occurrences(Occurrences occurrences) {
        boolean rate = occurrences.measure() == Occurrences.Measure.INCIDENCE_RATE;
        html.section("occurrences", words.text(rate ? "incidence" : "prevalence"));
        if (occurrences.rows().isEmpty()) {
            html.element("p", words.text("occurrences.none")).end();
            return;
        }
        figures.occurrences(occurrences).forEach(this::figure);
        List<String> headings = new ArrayList<>(
                List.of(words.text("calendar"), words.text("age"), words.text("sex"), words.text("follow-up.persons")));
        if (rate) {
            headings.add(words.text("person-years"));
        }
        headings.add(words.text(rate ? "events" : "cases"));
        headings.add(words.text(rate ? "incidence.estimate" : "prevalence.estimate"));
        html.table(
                        words.text(rate ? "incidence.caption" : "prevalence.caption"),
                        headings,
                        occurrences.rows().stream()
                                .map(row -> occurrence(row, rate))
                                .toList())
                .end();
    }

    private List<String> occurrence(Occurrences.Row row, boolean rate) {
        List<String> cells = new ArrayList<>(List.of(
                words.label(row.interval()),
                words.label(row.age()),
                words.label(row.sex()),
                number(row.persons().size())));
        if (rate) {
            cells.add(decimal(row.days() / DAYS_PER_YEAR, 1));
        }
        cells.add(number(row.events()));
        cells.add(row.estimate()
                .map(found -> rate
                        ? words.text(
                                "interval",
                                decimal(found.value(), 1),
                                decimal(found.low(), 1),
                                decimal(found.high(), 1))
                        : words.text("interval", percent(found.value()), percent(found.low()), percent(found.high())))
                .orElse("–"));
        return cells;
    }

    private String anchor(TimeAtRisk.Anchor anchor, int days) {
        String day = words.text("anchor." + Fields.word(anchor));
        if (days == 0) {
            return day;
        }
        return words.text(days > 0 ? "anchor.after" : "anchor.before", day, number(Math.abs(days)));
    }

    private void estimates() {
        if (results.estimates().isEmpty()
                && results.notEstimated().isEmpty()
                && !results.comparisons().isEmpty()) {
            // What was estimated stands with the comparisons.
            return;
        }
        html.section("estimates", words.text("estimates"));
        results.estimates().ifPresent(estimates -> {
            figure(figures.forest(estimates));
            html.table(
                    words.text("estimates.caption"),
                    List.of(
                            words.text("estimates.analysis"),
                            words.text("estimates.method"),
                            words.text(
                                    "estimates.events",
                                    words.label(estimates.rows().getFirst().target())),
                            words.text(
                                    "estimates.events",
                                    words.label(estimates.rows().getFirst().comparator())),
                            words.text("estimates.column"),
                            "p"),
                    estimates.rows().stream().map(this::estimate).toList(),
                    Set.of(1));
        });
        for (StudyResults.NotEstimated none : results.notEstimated()) {
            html.element(
                    "p",
                    words.text("estimates.none", none.analysis(), words.text("reason." + Fields.word(none.reason()))));
        }
        if (results.estimates().isEmpty() && results.notEstimated().isEmpty()) {
            html.element("p", words.text("estimates.not-asked"));
        }
        html.end();
    }

    private List<String> estimate(EffectEstimates.Row row) {
        double p = row.p().orElse(Double.NaN);
        return List.of(
                words.label(row.analysis()),
                model(row),
                number(row.targetEvents().size()) + " / " + number(row.targets().size()),
                number(row.comparatorEvents().size()) + " / "
                        + number(row.comparators().size()),
                words.text("interval", decimal(row.estimate(), 3), decimal(row.ciLow(), 3), decimal(row.ciHigh(), 3)),
                p < 0.001 ? "< " + decimal(0.001, 3) : decimal(p, 3));
    }

    /** Of an exposure that changes an analysis has several levels: then which one stands beside the model. */
    private String model(EffectEstimates.Row row) {
        String method = method(row.analysis());
        return study.design() instanceof Design.ExposureOverTime
                ? words.label(row.estimand()) + (method.isEmpty() ? "" : " · " + method)
                : method;
    }

    private String method(String analysis) {
        return study.analyses().stream()
                .filter(each -> each.name().equals(analysis))
                .map(each -> switch (each) {
                    case Analysis.Cox cox ->
                        words.text(
                                cox.covariates().isEmpty() ? "method.crude" : "method.adjusted",
                                words.text("ties." + Fields.word(cox.ties())),
                                words.text("interval." + Fields.word(cox.interval())),
                                adjustedFor(cox.covariates()));
                    case Analysis.KaplanMeier _ -> words.text("method.kaplan-meier");
                    case Analysis.OverTime over ->
                        over.covariates().isEmpty()
                                ? ""
                                : words.text("over-time.adjusted", adjustedFor(over.covariates()));
                    case Analysis.TargetTrial trial ->
                        words.text(
                                "over-time.trial",
                                number(trial.graceDays()),
                                trial.covariates().isEmpty() ? "–" : adjustedFor(trial.covariates()));
                    case Analysis.Comparison _ -> "";
                })
                .findFirst()
                .orElse("");
    }

    private String adjustedFor(List<String> covariates) {
        return covariates.stream()
                .map(name -> words.label(study.covariate(name).label()))
                .collect(Collectors.joining(", "));
    }

    private void attrition() {
        AttritionFlow flow = results.attrition();
        html.section("attrition", words.text("attrition"));
        figure(figures.attrition(flow));
        List<String> headings = new ArrayList<>(List.of(words.text("attrition.step")));
        for (AttritionFlow.Arm arm : flow.arms()) {
            headings.add(words.label(arm.label()));
            headings.add(words.text("attrition.lost"));
        }
        List<List<String>> rows = new ArrayList<>();
        for (int step = 0; step < flow.arms().getFirst().steps().size(); step++) {
            List<String> row = new ArrayList<>();
            row.add(words.label(flow.arms().getFirst().steps().get(step).label()));
            for (AttritionFlow.Arm arm : flow.arms()) {
                row.add(number(arm.steps().get(step).remaining().size()));
                row.add(number(StudyFigures.lost(arm, step)));
            }
            rows.add(row);
        }
        html.table(words.text("attrition.caption"), headings, rows).end();
    }

    private void followUp() {
        html.section("follow-up", words.text("follow-up"))
                .table(
                        words.text("follow-up.caption"),
                        List.of(
                                words.text("follow-up.arm"),
                                words.text("follow-up.persons"),
                                words.text("follow-up.days"),
                                words.text("follow-up.events"),
                                words.text("follow-up.rate")),
                        results.followUp().stream()
                                .map(arm -> List.of(
                                        words.label(arm.label()),
                                        number(arm.persons()),
                                        number(arm.days()),
                                        number(arm.events()),
                                        arm.days() == 0
                                                ? "–"
                                                : decimal(1000 * DAYS_PER_YEAR * arm.events() / arm.days(), 1)))
                                .toList())
                .end();
    }

    private void characteristics() {
        if (results.characteristics().isEmpty()) {
            return;
        }
        html.section("characteristics", words.text("characteristics"));
        List<String> arms = results.attrition().arms().stream()
                .map(AttritionFlow.Arm::label)
                .toList();
        List<String> headings = new ArrayList<>(List.of(words.text("characteristics.level")));
        arms.forEach(arm -> headings.add(words.label(arm)));
        if (arms.size() > 1) {
            headings.add(words.text("characteristics.difference"));
        }
        for (FrequencyTable table : results.characteristics()) {
            List<List<String>> rows = new ArrayList<>();
            for (String level : levels(table)) {
                List<String> row = new ArrayList<>(List.of(words.label(level)));
                List<Double> shares = new ArrayList<>();
                for (String arm : arms) {
                    long count = count(table, arm, level);
                    long all = SummarisedResult.total(table, arm);
                    double share = all == 0 ? Double.NaN : (double) count / all;
                    shares.add(share);
                    row.add(words.text("characteristics.cell", number(count), percent(share)));
                }
                if (arms.size() > 1) {
                    row.add(decimal(Features.standardisedDifference(shares.get(0), shares.get(1)), 3));
                }
                rows.add(row);
            }
            html.table(words.label(table.dimensions().get(1)), headings, rows);
        }
        if (arms.size() > 1) {
            html.element("p", words.text("characteristics.note"));
        }
        html.end();
    }

    private void features(Features features) {
        html.section("features", words.text("features"));
        if (features.rows().isEmpty()) {
            html.element("p", words.text("features.none")).end();
            return;
        }
        figures.differences(features).ifPresent(this::figure);
        boolean compared = features.groups().size() > 1;
        List<String> headings = new ArrayList<>(
                List.of(words.text("features.concept"), words.text("features.table"), words.text("features.window")));
        features.groups().forEach(group -> headings.add(words.label(group.label())));
        if (compared) {
            headings.add(words.text("characteristics.difference"));
        }
        List<Features.Row> told = StudyFigures.mostTelling(features, FEATURE_ROWS_MAX);
        html.table(
                words.text(
                        compared ? "features.caption.compared" : "features.caption",
                        number(told.size()),
                        number(features.rows().size())),
                headings,
                told.stream().map(row -> feature(features, row)).toList(),
                Set.of(1));
        if (compared) {
            html.element("p", words.text("characteristics.note"));
        }
        html.end();
    }

    private List<String> feature(Features features, Features.Row row) {
        List<String> cells =
                new ArrayList<>(List.of(row.conceptName(), row.table(), words.window(row.fromDay(), row.toDay())));
        for (int group = 0; group < features.groups().size(); group++) {
            cells.add(words.text(
                    "characteristics.cell",
                    number(row.persons().get(group).size()),
                    percent(StudyFigures.share(features, row, group))));
        }
        if (features.groups().size() > 1) {
            cells.add(decimal(StudyFigures.difference(features, row), 3));
        }
        return cells;
    }

    private static List<String> levels(FrequencyTable table) {
        return table.cells().stream()
                .map(cell -> cell.levels().get(1))
                .filter(level -> !level.equals(FrequencyTable.TOTAL))
                .distinct()
                .toList();
    }

    static long count(FrequencyTable table, String arm, String level) {
        return table.cells().stream()
                .filter(cell -> cell.levels().equals(List.of(arm, level)))
                .mapToLong(FrequencyTable.Cell::count)
                .findFirst()
                .orElse(0);
    }

    private void curves() {
        List<SurvivalCurves> all = new ArrayList<>(results.curves());
        results.comparisons().forEach(comparison -> all.add(comparison.curves()));
        for (SurvivalCurves curves : all) {
            html.section("curves-" + curves.name(), words.text(curves.areWeighted() ? "curves.weighted" : "curves"));
            if (curves.arms().stream().anyMatch(arm -> arm.size() == 0)) {
                html.element("p", words.text("curves.empty")).end();
                continue;
            }
            figure(figures.curves(curves, outcome()));
            List<String> headings = new ArrayList<>(List.of(words.text("curves.day")));
            for (SurvivalCurves.Arm arm : curves.arms()) {
                headings.add(words.text("curves.at-risk-of", words.label(arm.label())));
                headings.add(words.text("curves.survival-of", words.label(arm.label())));
            }
            List<List<String>> rows = new ArrayList<>();
            for (double tick : StudyFigures.ticks(curves)) {
                List<String> row = new ArrayList<>(List.of(number(Math.round(tick))));
                for (SurvivalCurves.Arm arm : curves.arms()) {
                    SurvivalCurve curve = KaplanMeier.estimate(arm.days(), arm.events(), arm.weights());
                    row.add(number(curve.atRiskAt(tick)));
                    row.add(survivalAt(curve, tick, curves.interval(), words));
                }
                rows.add(row);
            }
            html.table(words.text("curves.caption." + Fields.word(curves.interval())), headings, rows)
                    .end();
        }
    }

    static String survivalAt(SurvivalCurve curve, double day, SurvivalCurves.Interval interval, ReportWords words) {
        int last = -1;
        while (last + 1 < curve.rows() && curve.time(last + 1) <= day) {
            last++;
        }
        if (last < 0) {
            return words.text("interval", percent(1, words), percent(1, words), percent(1, words));
        }
        SurvivalCurve.Limits limits = curve.limits(last, SummarisedResult.scale(interval), LEVEL);
        return words.text(
                "interval",
                percent(curve.survival(last), words),
                percent(limits.lower(), words),
                percent(limits.upper(), words));
    }

    private void provenance() {
        html.section("provenance", words.text("provenance"));
        List<List<String>> said = new ArrayList<>();
        said.add(List.of(words.text("provenance.study"), study.hashes().study()));
        for (StudyCohort cohort : study.cohorts()) {
            said.add(List.of(
                    words.text("provenance.cohort", cohort.file()),
                    study.hashes().cohortFiles().getOrDefault(cohort.name(), "")));
        }
        said.add(List.of(words.text("provenance.data"), facts.data()));
        said.add(List.of(
                words.text("provenance.columns"),
                plan.needs().columns().stream()
                        .sorted()
                        .map(CdmColumn::qualifiedName)
                        .collect(Collectors.joining(", "))));
        study.period()
                .ifPresent(_ -> said.add(
                        List.of(words.text("provenance.days"), plan.period().toString())));
        said.add(List.of(words.text("provenance.engine"), facts.engine() + ", Vauban " + facts.version()));
        said.add(List.of(words.text("provenance.time"), facts.started() + " – " + facts.finished()));
        html.definitions(said).end();
    }

    private void figure(Figure figure) {
        html.raw("<figure>").raw(figure.inPage()).raw("</figure>");
    }

    private String outcome() {
        return switch (study.design()) {
            case Design.NewUserActiveComparator design -> label(design.outcome());
            case Design.Incidence design -> label(design.outcome());
            case Design.Prevalence design -> label(design.outcome());
            case Design.Characterisation _, Design.DrugUtilisation _, Design.TreatmentPathways _ -> "";
            case Design.SelfControlledCaseSeries design -> label(design.outcome());
            case Design.ExposureOverTime design -> label(design.outcome());
        };
    }

    private String label(String cohort) {
        return words.label(study.cohort(cohort).label());
    }

    private String number(long number) {
        return FigureNumbers.whole(number, words.language());
    }

    private String decimal(double number, int decimals) {
        return FigureNumbers.decimal(number, decimals, words.language());
    }

    private String percent(double share) {
        return percent(share, words);
    }

    private static String percent(double share, ReportWords words) {
        return Double.isNaN(share) ? "–" : FigureNumbers.percent(share, 1, words.language());
    }
}
