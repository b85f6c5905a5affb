package org.vauban.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
import org.vauban.output.PersonSet;
import org.vauban.output.RawOutput;
import org.vauban.output.SurvivalCurves;

/** Exact results as people of the project see them: counts, never who. */
final class ExactResults {
    private ExactResults() {}

    static Map<String, @Nullable Object> document(RawOutput output) {
        return switch (output) {
            case FrequencyTable table ->
                Answer.document(
                        "name", table.name(),
                        "kind", "frequency-table",
                        "dimensions", table.dimensions(),
                        "cells",
                                table.cells().stream()
                                        .map(cell -> Answer.document("levels", cell.levels(), "persons", cell.count()))
                                        .toList());
            case MagnitudeTable table ->
                Answer.document(
                        "name", table.name(),
                        "kind", "magnitude-table",
                        "measure", table.measure(),
                        "dimensions", table.dimensions(),
                        "cells",
                                table.cells().stream()
                                        .map(cell -> Answer.document(
                                                "levels", cell.levels(),
                                                "persons", cell.count(),
                                                "sum", cell.sum(),
                                                "percentiles",
                                                        cell.percentiles().stream()
                                                                .map(point -> Answer.document(
                                                                        "percent", point.percent(),
                                                                        "value", point.value()))
                                                                .toList()))
                                        .toList());
            case AttritionFlow flow ->
                Answer.document(
                        "name", flow.name(),
                        "kind", "attrition-flow",
                        "arms",
                                flow.arms().stream()
                                        .map(arm -> Answer.document(
                                                "arm", arm.label(),
                                                "steps",
                                                        arm.steps().stream()
                                                                .map(step -> Answer.document(
                                                                        "step", step.label(),
                                                                        "persons",
                                                                                step.remaining()
                                                                                        .size()))
                                                                .toList()))
                                        .toList());
            case SurvivalCurves curves ->
                Answer.document(
                        "name", curves.name(),
                        "kind", "survival-curves",
                        "time_unit", curves.timeUnit(),
                        "arms", curves.arms().stream().map(ExactResults::arm).toList());
            case EffectEstimates estimates ->
                Answer.document(
                        "name", estimates.name(),
                        "kind", "effect-estimates",
                        "rows", estimates.rows().stream().map(ExactResults::row).toList());
            case CovariateBalance balance ->
                Answer.document(
                        "name",
                        balance.name(),
                        "kind",
                        "covariate-balance",
                        "covariates",
                        balance.covariates(),
                        "diagnostics",
                        diagnostics(balance.diagnostics()),
                        "rows",
                        balance.rows().stream().map(ExactResults::row).toList());
            case Occurrences occurrences ->
                Answer.document(
                        "name", occurrences.name(),
                        "kind", "occurrences",
                        "measure", Fields.word(occurrences.measure()),
                        "outcome", occurrences.outcome(),
                        "rows",
                                occurrences.rows().stream()
                                        .map(ExactResults::row)
                                        .toList());
            case Features features ->
                Answer.document(
                        "name", features.name(),
                        "kind", "features",
                        "groups",
                                features.groups().stream()
                                        .map(group -> Answer.document(
                                                "group", group.label(),
                                                "persons", group.persons().size()))
                                        .toList(),
                        "rows", features.rows().stream().map(ExactResults::row).toList());
            case DesignChecks checks ->
                Answer.document(
                        "name", checks.name(),
                        "kind", "design-checks",
                        "outcome", checks.outcome(),
                        "persons", checks.persons().size(),
                        "must_not_be_read", checks.mustNotBeRead(),
                        "checks",
                                checks.checks().stream().map(ExactResults::row).toList());
            case Distributions distributions ->
                Answer.document(
                        "name", distributions.name(),
                        "kind", "distributions",
                        "group", distributions.group(),
                        "persons", distributions.persons().size(),
                        "rows",
                                distributions.rows().stream()
                                        .map(ExactResults::row)
                                        .toList());
            case Pathways pathways ->
                Answer.document(
                        "name", pathways.name(),
                        "kind", "pathways",
                        "target", pathways.target(),
                        "persons", pathways.everybody().size(),
                        "rows", pathways.rows().stream().map(ExactResults::row).toList());
        };
    }

    private static Map<String, @Nullable Object> arm(SurvivalCurves.Arm arm) {
        boolean[] events = arm.events();
        return Answer.document(
                "arm", arm.label(),
                "persons", arm.size(),
                "days_at_risk", IntStream.of(arm.days()).asLongStream().sum(),
                "events",
                        IntStream.range(0, events.length)
                                .filter(index -> events[index])
                                .count());
    }

    private static Map<String, @Nullable Object> row(EffectEstimates.Row row) {
        return Answer.document(
                "analysis", row.analysis(),
                "target", row.target(),
                "comparator", row.comparator(),
                "outcome", row.outcome(),
                "method", row.method(),
                "estimand", row.estimand(),
                "estimate_name", row.estimateName(),
                "estimate", row.estimate(),
                "ci_low", row.ciLow(),
                "ci_high", row.ciHigh(),
                "se_log", number(row.standardErrorLog()),
                "p", number(row.p()),
                "n_target", row.targets().size(),
                "n_comparator", row.comparators().size(),
                "events_target", row.targetEvents().size(),
                "events_comparator", row.comparatorEvents().size(),
                "calibrated_estimate",
                        row.calibrated()
                                .map(EffectEstimates.Calibrated::estimate)
                                .orElse(null),
                "calibrated_ci_low",
                        row.calibrated().map(EffectEstimates.Calibrated::ciLow).orElse(null),
                "calibrated_ci_high",
                        row.calibrated().map(EffectEstimates.Calibrated::ciHigh).orElse(null));
    }

    private static Map<String, @Nullable Object> row(CovariateBalance.Row row) {
        return Answer.document(
                "covariate", row.covariate(),
                "target_before", row.targetBefore(),
                "comparator_before", row.comparatorBefore(),
                "target_after", row.targetAfter(),
                "comparator_after", row.comparatorAfter(),
                "difference_before", row.differenceBefore(),
                "difference_after", row.differenceAfter());
    }

    private static Map<String, @Nullable Object> diagnostics(CovariateBalance.Diagnostics diagnostics) {
        return Answer.document(
                "c_statistic", diagnostics.discrimination(),
                "equipoise", diagnostics.equipoise(),
                "largest_before", diagnostics.largestBefore(),
                "largest_after", diagnostics.largestAfter(),
                "by_chance", diagnostics.byChance(),
                "detectable_ratio", diagnostics.detectableRatio(),
                "systematic_error", number(diagnostics.systematicError()),
                "must_not_be_read", diagnostics.mustNotBeRead(),
                "concerns",
                        diagnostics.concerns().stream()
                                .map(concern -> concern.name().toLowerCase(Locale.ROOT))
                                .toList());
    }

    private static Map<String, @Nullable Object> row(Occurrences.Row row) {
        return Answer.document(
                "interval", row.interval(),
                "age", row.age(),
                "sex", row.sex(),
                "persons", row.persons().size(),
                "cases", row.cases().size(),
                "events", row.events(),
                "days", row.days(),
                "estimate", number(row.estimate().map(Occurrences.Estimate::value)),
                "ci_low", number(row.estimate().map(Occurrences.Estimate::low)),
                "ci_high", number(row.estimate().map(Occurrences.Estimate::high)));
    }

    private static Map<String, @Nullable Object> row(Features.Row row) {
        return Answer.document(
                "table", row.table(),
                "concept", row.concept(),
                "name", row.conceptName(),
                "from_day", row.fromDay(),
                "to_day", row.toDay(),
                "persons", row.persons().stream().map(PersonSet::size).toList());
    }

    private static Map<String, @Nullable Object> row(DesignChecks.Check check) {
        return Answer.document(
                "question", Fields.word(check.question()),
                "about", check.about(),
                "answer", Fields.word(check.answer()),
                "found", number(check.found().map(DesignChecks.Found::value)),
                "ci_low", number(check.found().map(DesignChecks.Found::low).orElse(OptionalDouble.empty())),
                "ci_high", number(check.found().map(DesignChecks.Found::high).orElse(OptionalDouble.empty())),
                "limit", check.limit(),
                "persons", check.counted().size());
    }

    private static Map<String, @Nullable Object> row(Distributions.Row row) {
        return Answer.document(
                "measure", row.measure(),
                "unit", Fields.word(row.unit()),
                "persons", row.size(),
                "q25", quantile(row, 0.25),
                "median", quantile(row, 0.5),
                "q75", quantile(row, 0.75));
    }

    private static Map<String, @Nullable Object> row(Pathways.Row row) {
        return Answer.document(
                "path",
                        row.steps().stream()
                                .map(step -> String.join(" + ", step.treatments()))
                                .toList(),
                "persons", row.persons().size());
    }

    private static @Nullable Double quantile(Distributions.Row row, double share) {
        return row.size() == 0 ? null : row.quantile(share);
    }

    private static @Nullable Double number(Optional<Double> value) {
        return value.orElse(null);
    }

    private static @Nullable Double number(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    static List<String> lines(RawOutput output) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + output.name());
        switch (output) {
            case FrequencyTable table ->
                table.cells().forEach(cell -> lines.add(Columns.line(String.join(" · ", cell.levels()), cell.count())));
            case MagnitudeTable table ->
                table.cells()
                        .forEach(cell ->
                                lines.add(Columns.line(String.join(" / ", cell.levels()), cell.count(), cell.sum())));
            case AttritionFlow flow ->
                flow.arms()
                        .forEach(arm -> arm.steps()
                                .forEach(step -> lines.add(Columns.line(
                                        arm.label(),
                                        step.label(),
                                        step.remaining().size()))));
            case SurvivalCurves curves ->
                curves.arms()
                        .forEach(arm -> lines.add(Columns.line(arm(arm).values().toArray())));
            case EffectEstimates estimates ->
                estimates
                        .rows()
                        .forEach(row -> lines.add(Columns.line(
                                row.analysis(),
                                row.method(),
                                row.estimateName(),
                                row.estimate(),
                                row.ciLow(),
                                row.ciHigh())));
            case CovariateBalance balance ->
                balance.rows()
                        .forEach(row -> lines.add(
                                Columns.line(row.covariate(), row.differenceBefore(), row.differenceAfter())));
            case Occurrences occurrences ->
                occurrences
                        .rows()
                        .forEach(row -> lines.add(Columns.line(row(row).values().stream()
                                .map(value -> value == null ? "" : value)
                                .toArray())));
            case Features features ->
                features.rows()
                        .forEach(row -> lines.add(Columns.line(row(row).values().toArray())));
            case DesignChecks checks ->
                checks.checks()
                        .forEach(check -> lines.add(Columns.line(row(check).values().stream()
                                .map(value -> value == null ? "" : value)
                                .toArray())));
            case Pathways pathways ->
                pathways.rows()
                        .forEach(row -> lines.add(Columns.line(row(row).values().toArray())));
            case Distributions distributions ->
                distributions
                        .rows()
                        .forEach(row -> lines.add(Columns.line(row(row).values().stream()
                                .map(value -> value == null ? "" : value)
                                .toArray())));
        }
        return lines;
    }
}
