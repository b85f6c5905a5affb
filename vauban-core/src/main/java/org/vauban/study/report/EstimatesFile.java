package org.vauban.study.report;

import java.util.List;
import java.util.OptionalDouble;
import org.vauban.output.EffectEstimates;
import org.vauban.study.StudyResults;

/** {@code estimates.csv}: one line for each effect estimate. Calibrated estimates need negative controls and stay empty without. */
final class EstimatesFile {
    private static final List<String> HEADER = List.of(
            "analysis",
            "target",
            "comparator",
            "outcome",
            "method",
            "estimand",
            "estimate_name",
            "estimate",
            "ci_low",
            "ci_high",
            "se_log",
            "p",
            "n_target",
            "n_comparator",
            "events_target",
            "events_comparator",
            "calibrated_estimate",
            "calibrated_ci_low",
            "calibrated_ci_high");

    private EstimatesFile() {}

    static String of(StudyResults results) {
        var lines = new CsvLines(HEADER);
        results.estimates().map(EffectEstimates::rows).orElse(List.of()).forEach(row -> lines.add(line(row)));
        results.comparisons().stream()
                .flatMap(comparison -> comparison.estimates().stream())
                .flatMap(estimates -> estimates.rows().stream())
                .forEach(row -> lines.add(line(row)));
        return lines.toString();
    }

    private static List<String> line(EffectEstimates.Row row) {
        return List.of(
                row.analysis(),
                row.target(),
                row.comparator(),
                row.outcome(),
                row.method(),
                row.estimand(),
                row.estimateName(),
                CsvLines.number(row.estimate()),
                CsvLines.number(row.ciLow()),
                CsvLines.number(row.ciHigh()),
                number(row.standardErrorLog()),
                number(row.p()),
                String.valueOf(row.targets().size()),
                String.valueOf(row.comparators().size()),
                String.valueOf(row.targetEvents().size()),
                String.valueOf(row.comparatorEvents().size()),
                row.calibrated().map(each -> CsvLines.number(each.estimate())).orElse(""),
                row.calibrated().map(each -> CsvLines.number(each.ciLow())).orElse(""),
                row.calibrated().map(each -> CsvLines.number(each.ciHigh())).orElse(""));
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? CsvLines.number(value.getAsDouble()) : "";
    }
}
