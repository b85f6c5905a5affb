package org.vauban.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.vauban.output.CovariateBalance;
import org.vauban.output.CovariateBalance.Concern;
import org.vauban.study.propensity.ColumnBalance;
import org.vauban.study.propensity.Discrimination;
import org.vauban.study.propensity.PreferenceScore;
import org.vauban.study.synthesis.EmpiricalCalibration;
import org.vauban.study.synthesis.Power;

/**
 * Says whether a comparison may be read, by limits that the study set before it saw a result: balance of every covariate, equipoise, the
 * effect that the events suffice to see, and the error that negative controls show.
 *
 * <p>The limit of balance is kept as it stands, however many covariates there are: with hundreds of them and few persons chance alone
 * goes beyond it. How far it would go is told beside, and a study that wants another limit writes it down.
 */
final class Judgement {
    /** So many covariates leave as an output; all are in the laboratory's report. */
    private static final int ROWS_MAX = 50;

    private static final double PREFERENCE_LOW = 0.3;
    private static final double PREFERENCE_HIGH = 0.7;

    private final ComparisonDesign.Limits limits;
    private final Scored scored;
    private final double[] preferences;
    private final Compared compared;
    private final List<ColumnBalance> balance;
    private final Map<String, EmpiricalCalibration> calibrations;

    Judgement(
            StudyDefinition definition,
            Scored scored,
            double[] preferences,
            Compared compared,
            List<ColumnBalance> balance,
            Map<String, EmpiricalCalibration> calibrations) {
        this.limits = definition.comparison().limits();
        this.scored = scored;
        this.preferences = preferences;
        this.compared = compared;
        this.balance = balance;
        this.calibrations = calibrations;
    }

    /** Every covariate, the one that differs most after adjustment first. */
    List<ColumnBalance> sorted() {
        return balance.stream()
                .sorted(Comparator.comparingDouble((ColumnBalance each) -> -Math.abs(each.differenceAfter()))
                        .thenComparing(each -> each.covariate().label()))
                .toList();
    }

    CovariateBalance output(String analysis, String target, String comparator) {
        int[] everybody = IntStream.range(0, scored.persons().size()).toArray();
        return new CovariateBalance(
                ComparisonResult.balanceName(analysis),
                target,
                comparator,
                Comparisons.persons(scored, arm(everybody, true)),
                Comparisons.persons(scored, arm(everybody, false)),
                balance.stream()
                        .sorted(Comparator.comparingDouble((ColumnBalance each) ->
                                        -Math.max(Math.abs(each.differenceBefore()), Math.abs(each.differenceAfter())))
                                .thenComparing(each -> each.covariate().label()))
                        .limit(ROWS_MAX)
                        .map(this::row)
                        .toList(),
                balance.size(),
                diagnostics());
    }

    private CovariateBalance.Row row(ColumnBalance each) {
        return new CovariateBalance.Row(
                each.covariate().label(),
                each.covariate().isBinary(),
                Comparisons.persons(scored, arm(each.covariate().rows(), true)),
                Comparisons.persons(scored, arm(each.covariate().rows(), false)),
                each.targetBefore(),
                each.comparatorBefore(),
                each.targetAfter(),
                each.comparatorAfter(),
                each.differenceBefore(),
                each.differenceAfter());
    }

    private int[] arm(int[] rows, boolean target) {
        return IntStream.of(rows).filter(row -> scored.target()[row] == target).toArray();
    }

    private CovariateBalance.Diagnostics diagnostics() {
        double equipoise = PreferenceScore.equipoise(preferences, PREFERENCE_LOW, PREFERENCE_HIGH);
        double before = largest(ColumnBalance::differenceBefore);
        double after = largest(ColumnBalance::differenceAfter);
        double detectable = detectableRatio();
        OptionalDouble error = calibrations.values().stream()
                .mapToDouble(EmpiricalCalibration::expectedError)
                .max();
        List<Concern> concerns = new ArrayList<>();
        // Each is asked so that what cannot be computed is a concern, and never passes.
        if (!(after <= limits.standardisedDifference())) {
            concerns.add(Concern.NOT_BALANCED);
        }
        if (!(equipoise >= limits.equipoise())) {
            concerns.add(Concern.NO_EQUIPOISE);
        }
        if (!(detectable <= limits.detectableRatio())) {
            concerns.add(Concern.TOO_FEW_EVENTS);
        }
        if (error.isPresent() && !(error.getAsDouble() <= limits.systematicError())) {
            concerns.add(Concern.SYSTEMATIC_ERROR);
        }
        return new CovariateBalance.Diagnostics(
                Discrimination.of(scored.scores(), scored.target()),
                equipoise,
                before,
                after,
                byChance(),
                detectable,
                error,
                concerns);
    }

    private double largest(ToDoubleFunction<ColumnBalance> difference) {
        double largest = 0;
        for (ColumnBalance each : balance) {
            largest = Math.max(largest, Math.abs(difference.applyAsDouble(each)));
        }
        return largest;
    }

    private double detectableRatio() {
        int targets = compared.arm(true).length;
        int events = compared.arm(true, true).length + compared.arm(false, true).length;
        return Power.detectableRatio(events, (double) targets / compared.size());
    }

    /** The largest of so many differences that are nothing but chance, each with the error of arms of these sizes. */
    private double byChance() {
        double error = Math.sqrt(1 / effective(compared.arm(true)) + 1 / effective(compared.arm(false)));
        return balance.isEmpty() ? 0 : error * Math.sqrt(2 * Math.log(2.0 * balance.size()));
    }

    /** As many persons of one weight as are worth those of several (Kish). */
    private double effective(int[] rows) {
        double sum =
                IntStream.of(rows).mapToDouble(row -> compared.weights()[row]).sum();
        double squares = IntStream.of(rows)
                .mapToDouble(row -> compared.weights()[row] * compared.weights()[row])
                .sum();
        return sum * sum / squares;
    }
}
