package org.vauban.study.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vauban.document.Fields;
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
import org.vauban.study.CalendarInterval;
import org.vauban.study.ComparisonResult;
import org.vauban.study.StudyResults;
import org.vauban.study.propensity.ColumnBalance;
import org.vauban.study.selfcontrolled.TimeTrend;
import org.vauban.study.survival.ConfidenceScale;
import org.vauban.study.survival.KaplanMeier;
import org.vauban.study.survival.SurvivalCurve;

/**
 * {@code summarised_result.csv}: the long format of the DARWIN EU packages (omopgenerics), one estimate a line. A result is a set of
 * lines with one id; its first lines are its settings.
 */
final class SummarisedResult {
    private static final String OVERALL = "overall";
    private static final String BETWEEN = " &&& ";
    private static final double LEVEL = 0.95;
    private static final double DAYS_PER_YEAR = 365.25;

    private static final List<String> HEADER = List.of(
            "result_id",
            "cdm_name",
            "group_name",
            "group_level",
            "strata_name",
            "strata_level",
            "variable_name",
            "variable_level",
            "estimate_name",
            "estimate_type",
            "estimate_value",
            "additional_name",
            "additional_level");

    private final CsvLines lines = new CsvLines(HEADER);
    private final RunFacts facts;
    private int result;

    private SummarisedResult(RunFacts facts) {
        this.facts = facts;
    }

    static String of(StudyResults results, RunFacts facts) {
        var file = new SummarisedResult(facts);
        file.attrition(results.attrition());
        if (!results.followUp().isEmpty()) {
            file.followUp(results.followUp());
        }
        for (RawOutput finding : results.findings()) {
            switch (finding) {
                case Occurrences occurrences -> file.occurrences(occurrences);
                case Features features -> file.features(features);
                case DesignChecks checks -> file.checks(checks);
                case Distributions distributions -> file.distributions(distributions);
                case FrequencyTable table -> file.counts(table);
                case Pathways pathways -> file.pathways(pathways);
                // What other designs find has lines of its own.
                case MagnitudeTable _, AttritionFlow _, SurvivalCurves _, EffectEstimates _, CovariateBalance _ -> {}
            }
        }
        if (!results.characteristics().isEmpty()) {
            file.characteristics(results.characteristics());
        }
        if (!results.trend().isEmpty()) {
            file.trend(results.trend());
        }
        results.curves().forEach(file::curves);
        results.comparisons().forEach(file::comparison);
        return file.lines.toString();
    }

    private void begin(String type, String... settings) {
        result++;
        setting("result_type", type);
        setting("package_name", "vauban");
        setting("package_version", facts.version());
        for (int index = 0; index < settings.length; index += 2) {
            setting(settings[index], settings[index + 1]);
        }
    }

    private void setting(String name, String value) {
        line(OVERALL, OVERALL, "settings", "", name, "character", value, OVERALL, OVERALL);
    }

    private void line(
            String group,
            String groupLevel,
            String variable,
            String variableLevel,
            String estimate,
            String type,
            String value,
            String additional,
            String additionalLevel) {
        lines.add(List.of(
                String.valueOf(result),
                facts.data(),
                group,
                groupLevel,
                OVERALL,
                OVERALL,
                variable,
                variableLevel,
                estimate,
                type,
                value,
                additional,
                additionalLevel));
    }

    private void attrition(AttritionFlow flow) {
        begin("summarise_cohort_attrition");
        for (AttritionFlow.Arm arm : flow.arms()) {
            int before = -1;
            for (int step = 0; step < arm.steps().size(); step++) {
                int remaining = arm.steps().get(step).remaining().size();
                String reason = arm.steps().get(step).label() + BETWEEN + (step + 1);
                count(arm.label(), "number_subjects", remaining, "reason &&& reason_id", reason);
                count(
                        arm.label(),
                        "excluded_subjects",
                        before < 0 ? 0 : before - remaining,
                        "reason &&& reason_id",
                        reason);
                before = remaining;
            }
        }
    }

    private void followUp(List<StudyResults.FollowUp> arms) {
        begin("summarise_follow_up");
        for (StudyResults.FollowUp arm : arms) {
            count(arm.label(), "number_subjects", arm.persons(), OVERALL, OVERALL);
            count(arm.label(), "person_days", arm.days(), OVERALL, OVERALL);
            count(arm.label(), "number_events", arm.events(), OVERALL, OVERALL);
        }
    }

    private void count(String arm, String variable, long count, String additional, String additionalLevel) {
        line("cohort_name", arm, variable, "", "count", "integer", String.valueOf(count), additional, additionalLevel);
    }

    private void characteristics(List<FrequencyTable> tables) {
        begin("summarise_characteristics");
        for (FrequencyTable table : tables) {
            for (FrequencyTable.Cell cell : table.cells()) {
                String arm = cell.levels().get(0);
                String level = cell.levels().get(1);
                if (!arm.equals(FrequencyTable.TOTAL) && !level.equals(FrequencyTable.TOTAL)) {
                    String variable = table.dimensions().get(1);
                    long all = total(table, arm);
                    line(
                            "cohort_name",
                            arm,
                            variable,
                            level,
                            "count",
                            "integer",
                            String.valueOf(cell.count()),
                            OVERALL,
                            OVERALL);
                    line(
                            "cohort_name",
                            arm,
                            variable,
                            level,
                            "percentage",
                            "percentage",
                            all == 0 ? "" : CsvLines.number(100.0 * cell.count() / all),
                            OVERALL,
                            OVERALL);
                }
            }
        }
    }

    static long total(FrequencyTable table, String arm) {
        return table.cells().stream()
                .filter(cell -> cell.levels().equals(List.of(arm, FrequencyTable.TOTAL)))
                .mapToLong(FrequencyTable.Cell::count)
                .findFirst()
                .orElse(0);
    }

    /** In the words of IncidencePrevalence, so that what reads its results reads these. */
    private void occurrences(Occurrences occurrences) {
        begin(occurrences.name(), "outcome", occurrences.outcome());
        for (Occurrences.Row row : occurrences.rows()) {
            occurrence(
                    occurrences,
                    row,
                    "denominator_count",
                    "integer",
                    row.persons().size());
            String estimate = switch (occurrences.measure()) {
                case INCIDENCE_RATE -> {
                    occurrence(occurrences, row, "person_days", "integer", row.days());
                    occurrence(occurrences, row, "person_years", "numeric", row.days() / DAYS_PER_YEAR);
                    yield "incidence_100000_pys";
                }
                case PREVALENCE -> "prevalence";
            };
            occurrence(occurrences, row, "outcome_count", "integer", row.events());
            var found = row.estimate().orElse(new Occurrences.Estimate(Double.NaN, Double.NaN, Double.NaN));
            occurrence(occurrences, row, estimate, "numeric", found.value());
            occurrence(occurrences, row, estimate + "_95CI_lower", "numeric", found.low());
            occurrence(occurrences, row, estimate + "_95CI_upper", "numeric", found.high());
        }
    }

    private void occurrence(Occurrences occurrences, Occurrences.Row row, String name, String type, double value) {
        lines.add(List.of(
                String.valueOf(result),
                facts.data(),
                "outcome_cohort_name",
                occurrences.outcome(),
                "age_group &&& sex",
                row.age() + BETWEEN + row.sex(),
                occurrences.name(),
                "",
                name,
                type,
                CsvLines.number(value),
                "interval",
                row.interval()));
    }

    /** As CohortCharacteristics tells characteristics on a large scale. */
    private void features(Features features) {
        begin("summarise_large_scale_characteristics", "type", "event");
        for (Features.Row row : features.rows()) {
            for (int group = 0; group < features.groups().size(); group++) {
                int persons = row.persons().get(group).size();
                int all = features.groups().get(group).persons().size();
                feature(features, row, group, "count", "integer", persons);
                feature(features, row, group, "percentage", "percentage", 100.0 * persons / all);
            }
        }
    }

    private void feature(Features features, Features.Row row, int group, String name, String type, double value) {
        line(
                "cohort_name",
                features.groups().get(group).label(),
                row.conceptName(),
                row.fromDay() + " to " + row.toDay(),
                name,
                type,
                CsvLines.number(value),
                "table_name &&& concept_id",
                row.table() + BETWEEN + row.concept());
    }

    private void checks(DesignChecks checks) {
        begin("design_diagnostics", "outcome", checks.outcome());
        for (DesignChecks.Check check : checks.checks()) {
            check.found().ifPresent(found -> {
                check(check, "value", "numeric", CsvLines.number(found.value()));
                found.low().ifPresent(low -> check(check, "value_95CI_lower", "numeric", CsvLines.number(low)));
                found.high().ifPresent(high -> check(check, "value_95CI_upper", "numeric", CsvLines.number(high)));
            });
            check(check, "limit", "numeric", CsvLines.number(check.limit()));
            check(check, "answer", "character", Fields.word(check.answer()));
        }
    }

    private void check(DesignChecks.Check check, String name, String type, String value) {
        line(
                OVERALL,
                OVERALL,
                Fields.word(check.question()).replace('-', '_'),
                "",
                name,
                type,
                value,
                "about",
                check.about());
    }

    private void trend(List<TimeTrend.Interval> months) {
        begin("time_trend");
        for (TimeTrend.Interval month : months) {
            String label = CalendarInterval.MONTHS.label(month.interval());
            line(
                    OVERALL,
                    OVERALL,
                    "events",
                    "",
                    "observed",
                    "numeric",
                    CsvLines.number(month.observed()),
                    "interval",
                    label);
            line(
                    OVERALL,
                    OVERALL,
                    "events",
                    "",
                    "expected",
                    "numeric",
                    CsvLines.number(month.expected()),
                    "interval",
                    label);
        }
    }

    /** In the estimates' names of DrugUtilisation. */
    private void distributions(Distributions distributions) {
        begin("summarise_drug_utilisation");
        count(distributions.group(), "number_subjects", distributions.persons().size(), OVERALL, OVERALL);
        for (Distributions.Row row : distributions.rows()) {
            count(distributions.group(), row.measure(), row.size(), OVERALL, OVERALL);
            quantile(distributions, row, "q25", 0.25);
            quantile(distributions, row, "median", 0.5);
            quantile(distributions, row, "q75", 0.75);
        }
    }

    private void quantile(Distributions distributions, Distributions.Row row, String name, double share) {
        line(
                "cohort_name",
                distributions.group(),
                row.measure(),
                "",
                name,
                "numeric",
                CsvLines.number(row.quantile(share)),
                OVERALL,
                OVERALL);
    }

    /** Persons by the levels of one dimension. */
    private void counts(FrequencyTable table) {
        begin("summarise_table", "table", table.name());
        long all = total(table);
        for (FrequencyTable.Cell cell : table.cells()) {
            String level = String.join(BETWEEN, cell.levels());
            String dimension = String.join(BETWEEN, table.dimensions());
            line(
                    OVERALL,
                    OVERALL,
                    dimension,
                    level,
                    "count",
                    "integer",
                    String.valueOf(cell.count()),
                    OVERALL,
                    OVERALL);
            line(
                    OVERALL,
                    OVERALL,
                    dimension,
                    level,
                    "percentage",
                    "percentage",
                    all == 0 ? "" : CsvLines.number(100.0 * cell.count() / all),
                    OVERALL,
                    OVERALL);
        }
    }

    /** Paths as TreatmentPatterns writes them: a hyphen between steps, a plus between what is combined. */
    private void pathways(Pathways pathways) {
        begin("summarise_treatment_pathways");
        count(pathways.target(), "number_subjects", pathways.everybody().size(), OVERALL, OVERALL);
        for (Pathways.Row row : pathways.rows()) {
            line(
                    "cohort_name",
                    pathways.target(),
                    "pathway",
                    row.steps().isEmpty()
                            ? "none"
                            : row.steps().stream()
                                    .map(step -> step.in(java.util.Locale.ENGLISH, "+"))
                                    .collect(Collectors.joining("-")),
                    "count",
                    "integer",
                    String.valueOf(row.persons().size()),
                    OVERALL,
                    OVERALL);
        }
    }

    static long total(FrequencyTable table) {
        return table.cells().stream()
                .filter(cell -> cell.levels().stream().allMatch(FrequencyTable.TOTAL::equals))
                .mapToLong(FrequencyTable.Cell::count)
                .findFirst()
                .orElse(0);
    }

    private void curves(SurvivalCurves curves) {
        begin(
                "survival_estimates",
                "analysis",
                curves.name(),
                "conf_type",
                curves.interval() == SurvivalCurves.Interval.LOG ? "log" : "log-log",
                "time_unit",
                curves.timeUnit());
        for (SurvivalCurves.Arm arm : curves.arms()) {
            SurvivalCurve curve = KaplanMeier.estimate(arm.days(), arm.events(), arm.weights());
            point(arm.label(), 0, 1, 1, 1, arm.size(), 0, 0);
            for (int row = 0; row < curve.rows(); row++) {
                SurvivalCurve.Limits limits = curve.limits(row, scale(curves.interval()), LEVEL);
                point(
                        arm.label(),
                        curve.time(row),
                        curve.survival(row),
                        limits.lower(),
                        limits.upper(),
                        curve.atRisk(row),
                        curve.events(row),
                        curve.censored(row));
            }
        }
    }

    /** The balance of every covariate and what is to be known before an estimate is read, then the attrition and the curves. */
    private void comparison(ComparisonResult comparison) {
        CovariateBalance balance = comparison.balance();
        begin("comparison_diagnostics", "analysis", comparison.analysis());
        CovariateBalance.Diagnostics diagnostics = balance.diagnostics();
        overall("c_statistic", diagnostics.discrimination());
        overall("equipoise", diagnostics.equipoise());
        overall("largest_standardised_difference_before", diagnostics.largestBefore());
        overall("largest_standardised_difference_after", diagnostics.largestAfter());
        overall("largest_standardised_difference_by_chance", diagnostics.byChance());
        overall("detectable_ratio", diagnostics.detectableRatio());
        diagnostics.systematicError().ifPresent(error -> overall("expected_systematic_error", error));
        overall("covariates_chosen", comparison.chosen());
        line(
                OVERALL,
                OVERALL,
                "must_not_be_read",
                "",
                "concerns",
                "character",
                diagnostics.concerns().stream().map(Fields::word).collect(Collectors.joining(" ")),
                OVERALL,
                OVERALL);
        comparison.eValues().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> {
                    method("e_value", each.getKey(), each.getValue().ofEstimate());
                    method("e_value_of_interval", each.getKey(), each.getValue().ofInterval());
                });
        comparison.calibrations().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> {
                    method(
                            "systematic_error_mean",
                            each.getKey(),
                            each.getValue().mean());
                    method(
                            "systematic_error_deviation",
                            each.getKey(),
                            each.getValue().deviation());
                });
        begin("comparison_balance", "analysis", comparison.analysis());
        for (ColumnBalance each : comparison.covariates()) {
            String label = each.covariate().label();
            mean(balance.target(), label, "mean_before", each.targetBefore());
            mean(balance.comparator(), label, "mean_before", each.comparatorBefore());
            mean(balance.target(), label, "mean_after", each.targetAfter());
            mean(balance.comparator(), label, "mean_after", each.comparatorAfter());
            line(
                    OVERALL,
                    OVERALL,
                    label,
                    "",
                    "standardised_difference_before",
                    "numeric",
                    CsvLines.number(each.differenceBefore()),
                    OVERALL,
                    OVERALL);
            line(
                    OVERALL,
                    OVERALL,
                    label,
                    "",
                    "standardised_difference_after",
                    "numeric",
                    CsvLines.number(each.differenceAfter()),
                    OVERALL,
                    OVERALL);
        }
        attrition(comparison.attrition());
        characteristics(List.of(comparison.overlap()));
        curves(comparison.curves());
    }

    private void overall(String variable, double value) {
        line(OVERALL, OVERALL, variable, "", "value", "numeric", CsvLines.number(value), OVERALL, OVERALL);
    }

    private void method(String variable, String method, double value) {
        line(OVERALL, OVERALL, variable, "", "value", "numeric", CsvLines.number(value), "method", method);
    }

    private void mean(String arm, String covariate, String estimate, double value) {
        line("cohort_name", arm, covariate, "", estimate, "numeric", CsvLines.number(value), OVERALL, OVERALL);
    }

    static ConfidenceScale scale(SurvivalCurves.Interval interval) {
        return switch (interval) {
            case LOG -> ConfidenceScale.LOG;
            case LOG_LOG -> ConfidenceScale.LOG_LOG;
        };
    }

    private void point(
            String arm, double time, double survival, double low, double high, int atRisk, int events, int censored) {
        String at = CsvLines.number(time);
        estimate(arm, "estimate", "numeric", survival, at);
        estimate(arm, "estimate_95CI_lower", "numeric", low, at);
        estimate(arm, "estimate_95CI_upper", "numeric", high, at);
        estimate(arm, "n_risk", "integer", atRisk, at);
        estimate(arm, "n_events", "integer", events, at);
        estimate(arm, "n_censor", "integer", censored, at);
    }

    private void estimate(String arm, String name, String type, double value, String time) {
        line("cohort_name", arm, "outcome", "", name, type, CsvLines.number(value), "time", time);
    }
}
