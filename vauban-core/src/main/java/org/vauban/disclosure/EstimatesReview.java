package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.vauban.output.EffectEstimates;
import org.vauban.output.PersonSet;

/**
 * Reviews effect estimates. A model may leave when it has persons to spare beyond its parameters and every group it compares,
 * with and without the outcome, holds enough of them; otherwise a coefficient is somebody's residual.
 */
final class EstimatesReview {
    private static final int COUNTS_PER_ROW = 4;

    private EstimatesReview() {}

    static Verdict review(EffectEstimates estimates, DisclosureRules rules) {
        List<EffectEstimates.Row> rows = estimates.rows().stream()
                .sorted(Comparator.comparing(EffectEstimates.Row::analysis)
                        .thenComparing(EffectEstimates.Row::target)
                        .thenComparing(EffectEstimates.Row::comparator)
                        .thenComparing(EffectEstimates.Row::outcome)
                        .thenComparing(EffectEstimates.Row::method)
                        .thenComparing(EffectEstimates.Row::estimand)
                        .thenComparing(EffectEstimates.Row::estimateName))
                .toList();
        List<Reason> reasons = new ArrayList<>();
        List<Cleared.Behind> persons = new ArrayList<>();
        for (EffectEstimates.Row row : rows) {
            reasons.addAll(check(row, rules));
            persons.addAll(behind(row));
        }
        SmallDifferences.find(persons, rules)
                .ifPresent(place -> reasons.add(Reason.of(Reason.Code.ALMOST_THE_SAME_PERSONS, place)));
        if (!reasons.isEmpty()) {
            return new WithheldOutput(
                    estimates.name(), reasons.stream().distinct().toList());
        }
        int figures = COUNTS_PER_ROW * rows.size();
        return new ClearedOutput(
                new ShownEstimates(
                        estimates.name(),
                        rows.stream().map(row -> shown(row, rules)).toList()),
                persons,
                new Cleared.Tally(figures, 0, rules.rounding() == Rounding.NONE ? 0 : figures));
    }

    private static List<Reason> check(EffectEstimates.Row row, DisclosureRules rules) {
        List<Reason> reasons = new ArrayList<>();
        String place = row.analysis() + " / " + row.method();
        int persons = row.targets().or(row.comparators()).size();
        EffectEstimates.Model model = row.model();
        if (!rules.isLargeEnough(row.targets().size())
                || !rules.isLargeEnough(row.comparators().size())) {
            reasons.add(Reason.of(Reason.Code.GROUP_TOO_SMALL, place));
        }
        if (row.targetEvents().minus(row.targets()).size() > 0
                || row.comparatorEvents().minus(row.comparators()).size() > 0) {
            throw new IllegalArgumentException("Events concern persons of their own group");
        }
        for (PersonSet group : List.of(
                row.targetEvents(),
                row.comparatorEvents(),
                row.targets().minus(row.targetEvents()),
                row.comparators().minus(row.comparatorEvents()))) {
            if (!rules.isLargeEnough(group.size())) {
                reasons.add(Reason.of(Reason.Code.OUTCOME_TOO_RARE, place));
                break;
            }
        }
        if (!rules.isLargeEnough(model.smallestLevel()) || !rules.isLargeEnough(model.smallestLevelEvents())) {
            reasons.add(Reason.of(Reason.Code.LEVEL_TOO_RARE, place));
        }
        if (persons - model.parameters() < rules.degreesOfFreedom()
                || persons < (long) rules.personsPerParameter() * model.parameters()) {
            reasons.add(Reason.of(Reason.Code.MODEL_TOO_RICH, place));
        }
        if (!Double.isFinite(row.estimate())
                || !Double.isFinite(row.ciLow())
                || !Double.isFinite(row.ciHigh())
                || !row.standardErrorLog().stream().allMatch(Double::isFinite)
                || !row.p().stream().allMatch(Double::isFinite)
                || !row.calibrated().stream().allMatch(EstimatesReview::isFinite)) {
            reasons.add(Reason.of(Reason.Code.NOT_ESTIMABLE, place));
        }
        return reasons;
    }

    private static boolean isFinite(EffectEstimates.Calibrated calibrated) {
        return Double.isFinite(calibrated.estimate())
                && Double.isFinite(calibrated.ciLow())
                && Double.isFinite(calibrated.ciHigh());
    }

    private static List<Cleared.Behind> behind(EffectEstimates.Row row) {
        String place = row.analysis() + " / " + row.method();
        return List.of(
                new Cleared.Behind(place + ": " + row.target(), row.targets()),
                new Cleared.Behind(place + ": " + row.comparator(), row.comparators()),
                new Cleared.Behind(place + ": " + row.target() + ", events", row.targetEvents()),
                new Cleared.Behind(place + ": " + row.comparator() + ", events", row.comparatorEvents()));
    }

    private static ShownEstimates.Row shown(EffectEstimates.Row row, DisclosureRules rules) {
        return new ShownEstimates.Row(
                row.analysis(),
                row.target(),
                row.comparator(),
                row.outcome(),
                row.method(),
                row.estimand(),
                row.estimateName(),
                Digits.four(row.estimate()),
                Digits.four(row.ciLow()),
                Digits.four(row.ciHigh()),
                cut(row.standardErrorLog(), 4),
                cut(row.p(), 2),
                rules.shown(row.targets().size()),
                rules.shown(row.comparators().size()),
                rules.shown(row.targetEvents().size()),
                rules.shown(row.comparatorEvents().size()),
                row.calibrated()
                        .map(each -> new EffectEstimates.Calibrated(
                                Digits.four(each.estimate()), Digits.four(each.ciLow()), Digits.four(each.ciHigh()))));
    }

    private static OptionalDouble cut(OptionalDouble value, int digits) {
        return value.isEmpty()
                ? value
                : OptionalDouble.of(digits == 2 ? Digits.two(value.getAsDouble()) : Digits.four(value.getAsDouble()));
    }
}
