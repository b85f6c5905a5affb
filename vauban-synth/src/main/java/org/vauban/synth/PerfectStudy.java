package org.vauban.synth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The demonstration's study on {@code perfect.csv}: what it would find if no record had been lost, mistyped, linked wrongly or left
 * out. What the released result differs from it is the pipeline's own doing, and no chance of these persons.
 */
final class PerfectStudy {
    private static final int PRIOR_DAYS = 365;
    private static final int TREATMENT = 0;

    private final List<SmallCox.Subject> subjects;

    private PerfectStudy(List<SmallCox.Subject> subjects) {
        this.subjects = subjects;
    }

    /** Reads new users with a year of observation before and no earlier bleeding, as the study asks for. */
    static PerfectStudy of(Path file) throws IOException {
        List<List<String>> rows = CsvText.read(file);
        Columns columns = new Columns(rows.getFirst());
        return new PerfectStudy(rows.stream()
                .skip(1)
                .filter(row ->
                        columns.number(row, "prior_days") >= PRIOR_DAYS && columns.number(row, "bled_before") == 0)
                .map(row -> new SmallCox.Subject(
                        columns.number(row, "days_at_risk"), columns.number(row, "event") == 1, new double[] {
                            columns.text(row, "received").equals("target") ? 1 : 0,
                            (columns.number(row, "age") - 60) / 10.0,
                            columns.number(row, "male"),
                            columns.number(row, "prior_ulcer"),
                            columns.number(row, "anticoagulant"),
                            columns.number(row, "renal_disease")
                        }))
                .toList());
    }

    /** Without adjustment. */
    SmallCox.Fit crude() {
        return SmallCox.fit(subjects.stream()
                .map(subject -> new SmallCox.Subject(
                        subject.days(), subject.event(), new double[] {subject.covariates()[TREATMENT]}))
                .toList());
    }

    /** Adjusted for all that confounds. */
    SmallCox.Fit adjusted() {
        return SmallCox.fit(subjects);
    }

    List<SmallCox.Subject> subjects() {
        return subjects;
    }

    Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("users", subjects.size());
        document.put("events", subjects.stream().filter(SmallCox.Subject::event).count());
        document.put("crude", estimate(crude()));
        document.put("adjusted", estimate(adjusted()));
        return document;
    }

    private static Map<String, @Nullable Object> estimate(SmallCox.Fit fit) {
        Map<String, @Nullable Object> estimate = new LinkedHashMap<>();
        estimate.put("estimate", fit.hazardRatio(TREATMENT));
        estimate.put("ci_low", fit.low(TREATMENT));
        estimate.put("ci_high", fit.high(TREATMENT));
        estimate.put("se_log", fit.standardErrors()[TREATMENT]);
        return estimate;
    }

    /** Cells by the name of their column. */
    private record Columns(List<String> names) {
        String text(List<String> row, String name) {
            return row.get(names.indexOf(name));
        }

        int number(List<String> row, String name) {
            return Integer.parseInt(text(row, name));
        }
    }
}
