package org.vauban.study.report;

import java.util.List;
import org.vauban.output.AttritionFlow;
import org.vauban.output.FrequencyTable;
import org.vauban.output.SurvivalCurves;
import org.vauban.study.StudyResults;
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
        file.followUp(results.followUp());
        if (!results.characteristics().isEmpty()) {
            file.characteristics(results.characteristics());
        }
        results.curves().forEach(file::curves);
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
