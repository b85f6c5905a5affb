package org.vauban.print;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.vauban.disclosure.Shown;
import org.vauban.disclosure.ShownCurves;
import org.vauban.disclosure.ShownEstimates;
import org.vauban.disclosure.ShownFlow;
import org.vauban.disclosure.ShownTable;
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
        return switch (content) {
            case ShownEstimates _ -> "estimates.csv";
            case ShownTable _, ShownFlow _, ShownCurves _ -> content.name() + ".csv";
        };
    }

    static String of(Shown content) {
        return switch (content) {
            case ShownTable table -> table(table);
            case ShownFlow flow -> flow(flow);
            case ShownCurves curves -> curves(curves);
            case ShownEstimates estimates -> estimates(estimates);
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
                                    "",
                                    "",
                                    "")
                            .stream()
                            .map(ShownCsv::field)
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return csv.toString();
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
        csv.append(List.of(
                                "1",
                                "vauban",
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
                                "overall")
                        .stream()
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
