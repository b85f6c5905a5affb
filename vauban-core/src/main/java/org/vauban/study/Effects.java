package org.vauban.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.vauban.document.Fields;
import org.vauban.output.EffectEstimates;
import org.vauban.output.PersonSet;
import org.vauban.study.Analysis.Comparison.Measure;
import org.vauban.study.propensity.Adjustment;
import org.vauban.study.propensity.BalancingWeights;
import org.vauban.study.synthesis.EValue;
import org.vauban.study.synthesis.EmpiricalCalibration;

/** All estimates of one comparison, with what negative controls and E-values say of them. */
final class Effects {
    private static final double LEVEL = 0.95;
    /** Fewer negative controls than this do not show how errors are distributed. */
    private static final int CONTROLS_LEAST = 5;
    /** Above this share a ratio of odds or hazards is further from 1 than the ratio of risks. */
    private static final double COMMON = 0.15;

    private final StudyDefinition definition;
    private final Design.NewUserActiveComparator design;
    private final Analysis.Comparison analysis;
    private final Compared compared;
    private final Runnable checkpoint;
    private final List<ComparisonResult.Control> controls = new ArrayList<>();
    private final Map<String, EmpiricalCalibration> calibrations = new HashMap<>();
    private final Map<String, EValue> eValues = new HashMap<>();
    private final List<EffectEstimates.Row> rows = new ArrayList<>();

    Effects(
            StudyDefinition definition,
            Design.NewUserActiveComparator design,
            Analysis.Comparison analysis,
            Compared compared,
            Runnable checkpoint) {
        this.definition = definition;
        this.design = design;
        this.analysis = analysis;
        this.compared = compared;
        this.checkpoint = checkpoint;
    }

    /** Estimates what the analysis asks for, and tells why where there is no estimate. */
    void estimate(Consumer<StudyResults.NotEstimated> reasons) {
        for (Measure measure : analysis.measures()) {
            if (measure != Measure.FINE_GRAY && !measure.hasHorizon()) {
                learn(measure);
            }
            for (int horizon : measure.hasHorizon() ? analysis.horizons() : List.of(0)) {
                switch (answer(compared, measure, horizon)) {
                    case OutcomeModels.Answer.Estimated estimated -> add(measure, horizon, estimated);
                    case OutcomeModels.Answer.None(var reason) ->
                        reasons.accept(new StudyResults.NotEstimated(
                                analysis.name() + " / " + method(measure)
                                        + (measure.hasHorizon() ? " / " + horizon : ""),
                                reason));
                }
            }
        }
    }

    private OutcomeModels.Answer answer(Compared persons, Measure measure, int horizon) {
        checkpoint.run();
        List<Exposed.Followed> competing = measure == Measure.FINE_GRAY
                ? persons.persons().stream().map(each -> each.also()[0]).toList()
                : List.of();
        return OutcomeModels.estimate(persons, measure, horizon, competing);
    }

    /** Learns from what is found where nothing is to be found. */
    private void learn(Measure measure) {
        List<String> names = definition.comparison().negativeControls();
        List<ComparisonResult.Control> found = new ArrayList<>();
        for (int control = 0; control < names.size(); control++) {
            Compared followed = compared.followedFor(
                    definition.comparison().placeOfControl(control),
                    design.priorOutcome().remove());
            if (answer(followed, measure, 0) instanceof OutcomeModels.Answer.Estimated estimated
                    && Double.isFinite(estimated.error())) {
                found.add(new ComparisonResult.Control(
                        definition.cohort(names.get(control)).label(),
                        method(measure),
                        Math.log(estimated.estimate()),
                        estimated.error()));
            }
        }
        controls.addAll(found);
        if (found.size() >= CONTROLS_LEAST) {
            calibrations.put(
                    method(measure),
                    EmpiricalCalibration.learn(
                            found.stream()
                                    .mapToDouble(ComparisonResult.Control::logRatio)
                                    .toArray(),
                            found.stream()
                                    .mapToDouble(ComparisonResult.Control::standardError)
                                    .toArray()));
        }
    }

    private void add(Measure measure, int horizon, OutcomeModels.Answer.Estimated estimated) {
        String method = method(measure);
        rows.add(new EffectEstimates.Row(
                analysis.name(),
                definition.cohort(design.target()).label(),
                definition.cohort(design.comparator()).label(),
                definition.cohort(design.outcome()).label(),
                method,
                estimand(measure, horizon),
                name(measure),
                estimated.estimate(),
                estimated.low(),
                estimated.high(),
                OutcomeModels.errorLog(measure, estimated.error()),
                OptionalDouble.of(estimated.p()),
                persons(compared.arm(true)),
                persons(compared.arm(false)),
                persons(compared.arm(true, true)),
                persons(compared.arm(false, true)),
                model(estimated.parameters()),
                calibrated(method, estimated)));
        // A limit that rounds to nothing or to infinity says that nothing is known.
        if (!measure.hasHorizon() && estimated.low() > 0 && Double.isFinite(estimated.high())) {
            eValues.put(method, EValue.of(scale(measure), estimated.estimate(), estimated.low(), estimated.high()));
        }
    }

    private Optional<EffectEstimates.Calibrated> calibrated(String method, OutcomeModels.Answer.Estimated estimated) {
        return Optional.ofNullable(calibrations.get(method)).map(calibration -> {
            double log = Math.log(estimated.estimate());
            double[] limits = calibration.interval(log, estimated.error(), LEVEL);
            return new EffectEstimates.Calibrated(
                    Math.exp(calibration.calibrated(log)), Math.exp(limits[0]), Math.exp(limits[1]));
        });
    }

    private EValue.Measure scale(Measure measure) {
        long events =
                compared.followed().stream().filter(Exposed.Followed::event).count();
        boolean common = events > COMMON * compared.size();
        return switch (measure) {
            case POISSON -> EValue.Measure.RISK_RATIO;
            case LOGISTIC -> common ? EValue.Measure.ODDS_RATIO_COMMON : EValue.Measure.ODDS_RATIO_RARE;
            case COX, FINE_GRAY -> common ? EValue.Measure.HAZARD_RATIO_COMMON : EValue.Measure.HAZARD_RATIO_RARE;
            case RISK_DIFFERENCE, RESTRICTED_MEAN -> throw new IllegalArgumentException("An E-value is of a ratio");
        };
    }

    private EffectEstimates.Model model(int parameters) {
        int smallest = Math.min(compared.arm(true).length, compared.arm(false).length);
        int events = Integer.MAX_VALUE;
        for (boolean target : new boolean[] {true, false}) {
            for (boolean event : new boolean[] {true, false}) {
                events = Math.min(events, compared.arm(target, event).length);
            }
        }
        return new EffectEstimates.Model(parameters, smallest, events);
    }

    private PersonSet persons(int[] places) {
        return PersonSet.of(IntStream.of(places)
                .mapToLong(place -> compared.persons().get(place).person())
                .toArray());
    }

    private static String name(Measure measure) {
        return switch (measure) {
            case COX, FINE_GRAY -> "hr";
            case POISSON -> "irr";
            case LOGISTIC -> "or";
            case RISK_DIFFERENCE -> "rd";
            case RESTRICTED_MEAN -> "rmst";
        };
    }

    /** The model and what was done before it: {@code cox-efron-matched}. */
    private String method(Measure measure) {
        String model = switch (measure) {
            case COX -> "cox-efron";
            case POISSON, LOGISTIC, FINE_GRAY -> Fields.word(measure);
            case RISK_DIFFERENCE, RESTRICTED_MEAN -> "kaplan-meier";
        };
        return model + "-"
                + switch (compared.adjustment()) {
                    case Adjustment.Unadjusted _ -> "crude";
                    case Adjustment.Matching _ -> "matched";
                    case Adjustment.Stratification _ -> "stratified";
                    case Adjustment.Weighting(BalancingWeights weights) ->
                        weights == BalancingWeights.OVERLAP ? "overlap" : "iptw";
                };
    }

    /** What is estimated, in whom, and how long they are followed. */
    private String estimand(Measure measure, int horizon) {
        String what = switch (measure) {
            case COX -> "hazard ratio";
            case POISSON -> "rate ratio";
            case LOGISTIC -> "odds ratio";
            case FINE_GRAY -> "subdistribution hazard ratio";
            case RISK_DIFFERENCE -> "risk difference at " + horizon + " days";
            case RESTRICTED_MEAN -> "difference of mean days without event up to day " + horizon;
        };
        String whom = switch (compared.adjustment()) {
            case Adjustment.Unadjusted _ -> "persons as they are";
            case Adjustment.Matching _ -> "matched persons";
            case Adjustment.Stratification _ -> measure.hasHorizon() ? "all persons" : "persons of one stratum";
            case Adjustment.Weighting(BalancingWeights weights) ->
                switch (weights) {
                    case TREATED -> "persons of the target";
                    case OVERLAP -> "persons for whom both were likely";
                    case ALL, ALL_STABILISED -> "all persons";
                    case OTHERS -> "persons of the comparator";
                    case MATCHING -> "persons who could be matched";
                };
        };
        return what + ", " + whom + ", " + HazardRatios.followed(design);
    }

    Optional<EffectEstimates> output() {
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new EffectEstimates(ComparisonResult.estimatesName(analysis.name()), rows));
    }

    Map<String, EValue> eValues() {
        return eValues;
    }

    List<ComparisonResult.Control> controls() {
        return controls;
    }

    Map<String, EmpiricalCalibration> calibrations() {
        return calibrations;
    }
}
