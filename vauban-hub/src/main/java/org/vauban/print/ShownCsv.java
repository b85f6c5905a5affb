package org.vauban.print;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.vauban.output.DesignChecks;
import org.vauban.output.EffectEstimates;
import org.vauban.output.Occurrences;
import org.vauban.output.TwoLanguages;

/**
 * Writes protected content as CSV: estimates in the columns of {@code estimates.csv}, all else as an OMOP {@code summarised_result}. Labels begin
 * with a letter or a digit (outputs refuse others), so that no spreadsheet takes one for a formula.
 */
final class ShownCsv {
    private static final String SUMMARISED = "result_id,cdm_name,group_name,group_level,strata_name,strata_level,"
            + "variable_name,variable_level,estimate_name,estimate_type,estimate_value,additional_name,additional_level";
    private static final String ESTIMATES = "analysis,target,comparator,outcome,method,estimand,estimate_name,estimate,"
            + "ci_low,ci_high,se_log,p,n_target,n_comparator,events_target,events_comparator,"
            + "calibrated_estimate,calibrated_ci_low,calibrated_ci_high";

    private ShownCsv() {}

    static String fileName(Shown content) {
        return content.name() + ".csv";
    }

    static String of(Shown content) {
        return switch (content) {
            case ShownTable table -> table(table);
            case ShownMagnitudes magnitudes -> magnitudes(magnitudes);
            case ShownFlow flow -> flow(flow);
            case ShownCurves curves -> curves(curves);
            case ShownEstimates estimates -> estimates(estimates);
            case ShownBalance balance -> balance(balance);
            case ShownOccurrences occurrences -> occurrences(occurrences);
            case ShownFeatures features -> features(features);
            case ShownChecks checks -> checks(checks);
            case ShownDistributions distributions -> distributions(distributions);
            case ShownPathways pathways -> pathways(pathways);
        };
    }

    private static String table(ShownTable table) {
        var csv = new StringBuilder(SUMMARISED).append('\n');
        for (ShownTable.Cell cell : table.cells()) {
            summarised(
                    csv,
                    "overall",
                    "overall",
                    joined(table.dimensions()),
                    joined(cell.levels()),
                    "number subjects",
                    "",
                    "count",
                    "integer",
                    cell.text());
        }
        return csv.toString();
    }

    private static String magnitudes(ShownMagnitudes magnitudes) {
        var csv = new StringBuilder(SUMMARISED).append('\n');
        String measure = TwoLanguages.in(magnitudes.measure(), Locale.ENGLISH);
        for (ShownMagnitudes.Cell cell : magnitudes.cells()) {
            String persons =
                    cell.persons().isPresent() ? String.valueOf(cell.persons().getAsLong()) : ShownTable.MARK;
            magnitude(csv, magnitudes, cell, "number subjects", "count", "integer", persons);
            magnitude(csv, magnitudes, cell, measure, "sum", "numeric", marked(cell.sum()));
            magnitude(csv, magnitudes, cell, measure, "mean", "numeric", marked(cell.mean()));
            for (int point = 0; point < magnitudes.percents().size(); point++) {
                magnitude(
                        csv,
                        magnitudes,
                        cell,
                        measure,
                        String.format(
                                Locale.ROOT, "q%02d", magnitudes.percents().get(point)),
                        "numeric",
                        marked(cell.percentiles().get(point)));
            }
        }
        return csv.toString();
    }

    private static void magnitude(
            StringBuilder csv,
            ShownMagnitudes magnitudes,
            ShownMagnitudes.Cell cell,
            String variable,
            String estimate,
            String type,
            String value) {
        summarised(
                csv,
                "overall",
                "overall",
                joined(magnitudes.dimensions()),
                joined(cell.levels()),
                variable,
                "",
                estimate,
                type,
                value);
    }

    private static String marked(OptionalDouble number) {
        return number.isPresent()
                ? new BigDecimal(String.valueOf(number.getAsDouble()))
                        .stripTrailingZeros()
                        .toPlainString()
                : ShownTable.MARK;
    }

    private static String flow(ShownFlow flow) {
        var csv = new StringBuilder(SUMMARISED).append('\n');
        for (ShownFlow.Arm arm : flow.arms()) {
            for (ShownFlow.Step step : arm.steps()) {
                String reason = String.join(" + ", step.labels());
                summarised(
                        csv,
                        "cohort_name",
                        arm.label(),
                        "reason",
                        reason,
                        "number_subjects",
                        "",
                        "count",
                        "integer",
                        String.valueOf(step.remaining()));
                summarised(
                        csv,
                        "cohort_name",
                        arm.label(),
                        "reason",
                        reason,
                        "excluded_subjects",
                        "",
                        "count",
                        "integer",
                        String.valueOf(step.lost()));
            }
        }
        return csv.toString();
    }

    private static String curves(ShownCurves curves) {
        var csv = new StringBuilder(SUMMARISED).append('\n');
        for (ShownCurves.Arm arm : curves.arms()) {
            summarised(
                    csv,
                    "cohort_name",
                    arm.label(),
                    "overall",
                    "overall",
                    "number_subjects",
                    "",
                    "count",
                    "integer",
                    String.valueOf(arm.persons()));
            summarised(
                    csv,
                    "cohort_name",
                    arm.label(),
                    "overall",
                    "overall",
                    "number_events",
                    "",
                    "count",
                    "integer",
                    String.valueOf(arm.events()));
            for (ShownCurves.Bin bin : arm.bins()) {
                String days = bin.firstDay() + " to " + bin.lastDay();
                for (var figure : List.of(
                        List.of("n_risk", "count", "integer", String.valueOf(bin.atRisk())),
                        List.of("n_event", "count", "integer", String.valueOf(bin.events())),
                        List.of("n_censor", "count", "integer", String.valueOf(bin.censored())),
                        List.of("survival", "estimate", "numeric", plain(bin.survival())),
                        List.of("survival", "estimate_95CI_lower", "numeric", plain(bin.low())),
                        List.of("survival", "estimate_95CI_upper", "numeric", plain(bin.high())))) {
                    summarised(
                            csv,
                            "cohort_name",
                            arm.label(),
                            "time_days",
                            days,
                            figure.get(0),
                            "",
                            figure.get(1),
                            figure.get(2),
                            figure.get(3));
                }
            }
        }
        return csv.toString();
    }

    private static String estimates(ShownEstimates estimates) {
        var csv = new StringBuilder(ESTIMATES).append('\n');
        for (ShownEstimates.Row row : estimates.rows()) {
            csv.append(List.of(
                                    row.analysis(),
                                    row.target(),
                                    row.comparator(),
                                    row.outcome(),
                                    row.method(),
                                    row.estimand(),
                                    row.estimateName(),
                                    plain(row.estimate()),
                                    plain(row.ciLow()),
                                    plain(row.ciHigh()),
                                    plain(row.standardErrorLog()),
                                    plain(row.p()),
                                    String.valueOf(row.targets()),
                                    String.valueOf(row.comparators()),
                                    String.valueOf(row.targetEvents()),
                                    String.valueOf(row.comparatorEvents()),
                                    plain(calibrated(row, EffectEstimates.Calibrated::estimate)),
                                    plain(calibrated(row, EffectEstimates.Calibrated::ciLow)),
                                    plain(calibrated(row, EffectEstimates.Calibrated::ciHigh)))
                            .stream()
                            .map(ShownCsv::field)
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return csv.toString();
    }

    private static OptionalDouble calibrated(
            ShownEstimates.Row row, ToDoubleFunction<EffectEstimates.Calibrated> value) {
        return row.calibrated().stream().mapToDouble(value).findFirst();
    }

    private static String balance(ShownBalance balance) {
        var csv = new StringBuilder(SUMMARISED).append('\n');
        for (ShownBalance.Row row : balance.rows()) {
            mean(csv, balance.target(), row, "mean_before", row.targetBefore());
            mean(csv, balance.comparator(), row, "mean_before", row.comparatorBefore());
            mean(csv, balance.target(), row, "mean_after", row.targetAfter());
            mean(csv, balance.comparator(), row, "mean_after", row.comparatorAfter());
            value(csv, row.covariate(), "standardised_difference_before", row.differenceBefore());
            value(csv, row.covariate(), "standardised_difference_after", row.differenceAfter());
        }
        ShownBalance.Diagnostics diagnostics = balance.diagnostics();
        value(csv, "c_statistic", "value", diagnostics.discrimination());
        value(csv, "equipoise", "value", diagnostics.equipoise());
        value(csv, "largest_standardised_difference_before", "value", diagnostics.largestBefore());
        value(csv, "largest_standardised_difference_after", "value", diagnostics.largestAfter());
        value(csv, "largest_standardised_difference_by_chance", "value", diagnostics.byChance());
        value(csv, "detectable_ratio", "value", diagnostics.detectableRatio());
        diagnostics.systematicError().ifPresent(error -> value(csv, "expected_systematic_error", "value", error));
        value(csv, "covariates_not_shown", "value", balance.hidden());
        summarised(
                csv,
                "overall",
                "overall",
                "overall",
                "overall",
                "must_not_be_read",
                "",
                "concerns",
                "character",
                diagnostics.concerns().stream()
                        .map(concern -> concern.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" ")));
        return csv.toString();
    }

    private static void mean(StringBuilder csv, String arm, ShownBalance.Row row, String estimate, double value) {
        summarised(
                csv,
                "cohort_name",
                arm,
                "overall",
                "overall",
                row.covariate(),
                "",
                estimate,
                "numeric",
                decimals(value));
    }

    private static void value(StringBuilder csv, String variable, String estimate, double value) {
        summarised(csv, "overall", "overall", "overall", "overall", variable, "", estimate, "numeric", decimals(value));
    }

    /** Two decimals, which disclosure control left. */
    private static String decimals(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "";
    }

    /** In the words of IncidencePrevalence, so that what reads its results reads these; hidden figures have the mark of tables. */
    private static String occurrences(ShownOccurrences occurrences) {
        var csv = new StringBuilder(SUMMARISED).append('\n');
        for (ShownOccurrences.Row row : occurrences.rows()) {
            figure(csv, occurrences, row, "denominator_count", "integer", whole(row.persons()));
            figure(csv, occurrences, row, "outcome_count", "integer", whole(row.cases()));
            String estimate = switch (occurrences.measure()) {
                case INCIDENCE_RATE -> {
                    figure(csv, occurrences, row, "person_years", "numeric", marked(row.personYears()));
                    yield "incidence_100000_pys";
                }
                case PREVALENCE -> "prevalence";
            };
            var found = row.estimate();
            figure(csv, occurrences, row, estimate, "numeric", marked(found.map(Occurrences.Estimate::value)));
            figure(
                    csv,
                    occurrences,
                    row,
                    estimate + "_95CI_lower",
                    "numeric",
                    marked(found.map(Occurrences.Estimate::low)));
            figure(
                    csv,
                    occurrences,
                    row,
                    estimate + "_95CI_upper",
                    "numeric",
                    marked(found.map(Occurrences.Estimate::high)));
        }
        return csv.toString();
    }

    private static void figure(
            StringBuilder csv,
            ShownOccurrences occurrences,
            ShownOccurrences.Row row,
            String name,
            String type,
            String value) {
        line(
                csv,
                List.of(
                        "outcome_cohort_name",
                        occurrences.outcome(),
                        "age_group &&& sex",
                        joined(List.of(row.age(), row.sex())),
                        occurrences.name(),
                        "",
                        name,
                        type,
                        value,
                        "interval",
                        row.interval()));
    }

    /** As CohortCharacteristics tells characteristics on a large scale; a concept is listed for every group, hidden or not. */
    private static String features(ShownFeatures features) {
        var csv = new StringBuilder(SUMMARISED).append('\n');
        for (ShownFeatures.Group group : features.groups()) {
            summarised(
                    csv,
                    "cohort_name",
                    group.label(),
                    "overall",
                    "overall",
                    "number_subjects",
                    "",
                    "count",
                    "integer",
                    String.valueOf(group.persons()));
        }
        for (ShownFeatures.Row row : features.rows()) {
            for (int group = 0; group < features.groups().size(); group++) {
                feature(
                        csv,
                        features,
                        row,
                        group,
                        "count",
                        "integer",
                        whole(row.persons().get(group)));
                OptionalDouble share = features.share(row, group);
                feature(
                        csv,
                        features,
                        row,
                        group,
                        "percentage",
                        "percentage",
                        share.isPresent() ? plain(100 * share.getAsDouble()) : ShownTable.MARK);
            }
        }
        return csv.toString();
    }

    private static void feature(
            StringBuilder csv,
            ShownFeatures features,
            ShownFeatures.Row row,
            int group,
            String name,
            String type,
            String value) {
        line(
                csv,
                List.of(
                        "cohort_name",
                        features.groups().get(group).label(),
                        "overall",
                        "overall",
                        row.conceptName(),
                        row.fromDay() + " to " + row.toDay(),
                        name,
                        type,
                        value,
                        "table_name &&& concept_id",
                        joined(List.of(row.table(), String.valueOf(row.concept())))));
    }

    private static String checks(ShownChecks checks) {
        var csv = new StringBuilder(SUMMARISED).append('\n');
        for (ShownChecks.Check check : checks.checks()) {
            String question = word(check.question());
            Optional<DesignChecks.Found> found = check.found();
            if (check.answer() != DesignChecks.Answer.NOT_RUN) {
                check(csv, check, question, "value", "numeric", found.map(each -> decimals(each.value())));
            }
            found.flatMap(each -> limit(each.low()))
                    .ifPresent(low -> check(csv, check, question, "value_95CI_lower", "numeric", Optional.of(low)));
            found.flatMap(each -> limit(each.high()))
                    .ifPresent(high -> check(csv, check, question, "value_95CI_upper", "numeric", Optional.of(high)));
            check(csv, check, question, "limit", "numeric", Optional.of(decimals(check.limit())));
            check(csv, check, question, "answer", "character", Optional.of(word(check.answer())));
        }
        return csv.toString();
    }

    private static void check(
            StringBuilder csv,
            ShownChecks.Check check,
            String question,
            String name,
            String type,
            Optional<String> value) {
        summarised(
                csv,
                "overall",
                "overall",
                "about",
                check.about(),
                question,
                "",
                name,
                type,
                value.orElse(ShownTable.MARK));
    }

    private static Optional<String> limit(OptionalDouble value) {
        return value.isPresent() ? Optional.of(decimals(value.getAsDouble())) : Optional.empty();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** In the estimates' names of DrugUtilisation. */
    private static String distributions(ShownDistributions distributions) {
        var csv = new StringBuilder(SUMMARISED).append('\n');
        value(
                csv,
                distributions.group(),
                "number_subjects",
                "count",
                "integer",
                String.valueOf(distributions.persons()));
        for (ShownDistributions.Row row : distributions.rows()) {
            value(csv, distributions.group(), row.measure(), "count", "integer", whole(row.persons()));
            value(csv, distributions.group(), row.measure(), "q25", "numeric", marked(row.lower()));
            value(csv, distributions.group(), row.measure(), "median", "numeric", marked(row.median()));
            value(csv, distributions.group(), row.measure(), "q75", "numeric", marked(row.upper()));
        }
        return csv.toString();
    }

    /** Paths as TreatmentPatterns writes them: a hyphen between steps, a plus between what is combined. */
    private static String pathways(ShownPathways pathways) {
        var csv = new StringBuilder(SUMMARISED).append('\n');
        value(csv, pathways.target(), "number_subjects", "count", "integer", String.valueOf(pathways.persons()));
        for (ShownPathways.Row row : pathways.rows()) {
            path(
                    csv,
                    pathways,
                    row.steps().isEmpty()
                            ? "none"
                            : row.steps().stream()
                                    .map(step -> step.in(Locale.ENGLISH, "+"))
                                    .collect(Collectors.joining("-")),
                    row.persons());
        }
        if (pathways.others() > 0) {
            path(csv, pathways, "others", pathways.others());
        }
        return csv.toString();
    }

    private static void path(StringBuilder csv, ShownPathways pathways, String path, long persons) {
        summarised(
                csv,
                "cohort_name",
                pathways.target(),
                "overall",
                "overall",
                "pathway",
                path,
                "count",
                "integer",
                String.valueOf(persons));
    }

    private static void value(StringBuilder csv, String group, String measure, String name, String type, String value) {
        summarised(csv, "cohort_name", group, "overall", "overall", measure, "", name, type, value);
    }

    private static String whole(OptionalLong count) {
        return count.isPresent() ? Long.toString(count.getAsLong()) : ShownTable.MARK;
    }

    private static String marked(Optional<Double> value) {
        return value.map(ShownCsv::plain).orElse(ShownTable.MARK);
    }

    private static void summarised(
            StringBuilder csv,
            String groupName,
            String groupLevel,
            String strataName,
            String strataLevel,
            String variable,
            String level,
            String estimate,
            String type,
            String value) {
        line(
                csv,
                List.of(
                        groupName,
                        groupLevel,
                        strataName,
                        strataLevel,
                        variable,
                        level,
                        estimate,
                        type,
                        value,
                        "overall",
                        "overall"));
    }

    private static void line(StringBuilder csv, List<String> cells) {
        csv.append(Stream.concat(Stream.of("1", "vauban"), cells.stream())
                        .map(ShownCsv::field)
                        .collect(Collectors.joining(",")))
                .append('\n');
    }

    private static String joined(List<String> labels) {
        return labels.stream().map(ShownCsv::forPrograms).collect(Collectors.joining(" &&& "));
    }

    private static String forPrograms(String label) {
        return TwoLanguages.in(label, Locale.ENGLISH);
    }

    private static String field(String label) {
        String text = forPrograms(label);
        return text.indexOf(',') < 0 && text.indexOf('"') < 0 ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String plain(OptionalDouble value) {
        return value.isPresent() ? plain(value.getAsDouble()) : "";
    }

    /** Disclosure control has cut the digits; here they are only written. */
    private static String plain(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4g", value);
    }
}
