package org.vauban.output;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Effect estimates of comparative analyses, with what disclosure control needs to know of the models behind them. */
public record EffectEstimates(String name, List<Row> rows) implements RawOutput {
    public EffectEstimates {
        OutputName.name(name);
        rows = List.copyOf(rows);
    }

    /**
     * One estimate.
     *
     * @param analysis the analysis' name in the study
     * @param target the cohort whose effect is asked
     * @param comparator the cohort it is compared with
     * @param outcome the outcome's name
     * @param method such as {@code cox-efron-crude} or {@code cox-efron-adjusted}
     * @param estimand what is estimated, such as {@code conditional hazard ratio, on treatment}
     * @param estimateName {@code hr}, {@code irr}, {@code or}, {@code ir}, {@code rd} or {@code rmst}
     * @param estimate the point estimate on its natural scale
     * @param ciLow lower 95 % limit
     * @param ciHigh upper 95 % limit
     * @param standardErrorLog standard error of the logarithm, if the scale is a ratio
     * @param p two-sided p-value, if there is one
     * @param targets persons of the target in the model
     * @param comparators persons of the comparator in the model
     * @param targetEvents target persons with the outcome
     * @param comparatorEvents comparator persons with the outcome
     * @param model the size of the model
     * @param calibrated what negative controls make of it, if there are enough of them
     */
    public record Row(
            String analysis,
            String target,
            String comparator,
            String outcome,
            String method,
            String estimand,
            String estimateName,
            double estimate,
            double ciLow,
            double ciHigh,
            OptionalDouble standardErrorLog,
            OptionalDouble p,
            PersonSet targets,
            PersonSet comparators,
            PersonSet targetEvents,
            PersonSet comparatorEvents,
            Model model,
            Optional<Calibrated> calibrated) {
        /** A row that no negative control has anything to say of. */
        public Row(
                String analysis,
                String target,
                String comparator,
                String outcome,
                String method,
                String estimand,
                String estimateName,
                double estimate,
                double ciLow,
                double ciHigh,
                OptionalDouble standardErrorLog,
                OptionalDouble p,
                PersonSet targets,
                PersonSet comparators,
                PersonSet targetEvents,
                PersonSet comparatorEvents,
                Model model) {
            this(
                    analysis,
                    target,
                    comparator,
                    outcome,
                    method,
                    estimand,
                    estimateName,
                    estimate,
                    ciLow,
                    ciHigh,
                    standardErrorLog,
                    p,
                    targets,
                    comparators,
                    targetEvents,
                    comparatorEvents,
                    model,
                    Optional.empty());
        }

        public Row {
            for (String label : List.of(analysis, target, comparator, outcome, method, estimand, estimateName)) {
                OutputName.label(label);
            }
        }

        @Override
        public String toString() {
            return "Row[" + analysis + ", " + method + "]";
        }
    }

    /** A ratio with the systematic error taken out that negative controls showed, and wider limits for what of it is not known. */
    public record Calibrated(double estimate, double ciLow, double ciHigh) {
        @Override
        public String toString() {
            return "Calibrated";
        }
    }

    /** Whether an estimate of this name is a ratio; else it is a difference, and 0 means none. */
    public static boolean isRatio(String estimateName) {
        return List.of("hr", "irr", "or").contains(estimateName);
    }

    /**
     * What a model rests on.
     *
     * @param parameters number of estimated coefficients
     * @param smallestLevel the fewest persons in any level of any factor, treatment included
     * @param smallestLevelEvents the fewest persons with the outcome, or without it, in any level of any factor
     */
    public record Model(int parameters, int smallestLevel, int smallestLevelEvents) {}

    @Override
    public String toString() {
        return "EffectEstimates[" + name + ", " + rows.size() + " rows]";
    }
}
