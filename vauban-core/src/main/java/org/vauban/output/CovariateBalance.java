package org.vauban.output;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How alike two arms are, covariate by covariate, before and after they were made comparable, and what that says of the comparison.
 *
 * @param target the cohort whose effect is asked
 * @param comparator the cohort it is compared with
 * @param targets persons of the target before
 * @param comparators persons of the comparator before
 * @param rows covariates, those that differ most first
 * @param covariates how many covariates there are, in rows or not
 */
public record CovariateBalance(
        String name,
        String target,
        String comparator,
        PersonSet targets,
        PersonSet comparators,
        List<Row> rows,
        int covariates,
        Diagnostics diagnostics)
        implements RawOutput {
    public CovariateBalance {
        OutputName.name(name);
        OutputName.label(target);
        OutputName.label(comparator);
        rows = List.copyOf(rows);
    }

    /**
     * One covariate. Differences are in standard deviations of the persons before.
     *
     * @param binary whether it is a yes or no, so that means are shares of persons
     * @param targetsWith persons of the target who have it
     * @param comparatorsWith persons of the comparator who have it
     */
    public record Row(
            String covariate,
            boolean binary,
            PersonSet targetsWith,
            PersonSet comparatorsWith,
            double targetBefore,
            double comparatorBefore,
            double targetAfter,
            double comparatorAfter,
            double differenceBefore,
            double differenceAfter) {
        public Row {
            OutputName.label(covariate);
        }

        @Override
        public String toString() {
            return "Row[" + covariate + "]";
        }
    }

    /**
     * What is to be known before an estimate is read.
     *
     * @param discrimination the score's c-statistic
     * @param equipoise the share of persons with a preference between 0.3 and 0.7
     * @param largestBefore the largest standardised difference before, without its sign
     * @param largestAfter the largest after
     * @param byChance the largest that a lottery of as many persons and covariates would leave, roughly
     * @param detectableRatio the smallest ratio that the events suffice to detect, 5 % two-sided, power 80 %
     * @param systematicError the expected error of the logarithm of the ratio, learnt from negative controls
     * @param concerns why the comparison must not be read; empty when it may
     */
    public record Diagnostics(
            double discrimination,
            double equipoise,
            double largestBefore,
            double largestAfter,
            double byChance,
            double detectableRatio,
            OptionalDouble systematicError,
            List<Concern> concerns) {
        public Diagnostics {
            concerns = List.copyOf(concerns);
        }

        /** Whether a limit that was decided before is crossed. */
        public boolean mustNotBeRead() {
            return !concerns.isEmpty();
        }

        @Override
        public String toString() {
            return "Diagnostics";
        }
    }

    /** Why a comparison must not be read. */
    public enum Concern {
        /** A covariate still differs too much. */
        NOT_BALANCED,
        /** For too few persons both medicines were likely: the arms are different kinds of people. */
        NO_EQUIPOISE,
        /** Even a large effect would not be seen. */
        TOO_FEW_EVENTS,
        /** The design finds effects where there are none. */
        SYSTEMATIC_ERROR
    }

    @Override
    public String toString() {
        return "CovariateBalance[" + name + ", " + rows.size() + " rows]";
    }
}
