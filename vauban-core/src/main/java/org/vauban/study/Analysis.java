package org.vauban.study;

import java.util.List;
import org.vauban.output.SurvivalCurves;
import org.vauban.study.overtime.ExposureMeasure;
import org.vauban.study.propensity.Adjustment;
import org.vauban.study.survival.Ties;

/** Something that a study computes. */
public sealed interface Analysis {
    /** In the letters of a file name, unique in its study. */
    String name();

    /**
     * Kaplan-Meier curves of both arms.
     *
     * @param balancing names of the covariates that make the propensity score by whose inverse persons are weighted; none = each counts one
     */
    record KaplanMeier(String name, SurvivalCurves.Interval interval, List<String> balancing) implements Analysis {
        public KaplanMeier {
            balancing = List.copyOf(balancing);
        }
    }

    /**
     * The hazard ratio of the arms by Cox regression.
     *
     * @param ties how events on one day are counted
     * @param covariates names of the covariates adjusted for; none = crude
     * @param interval how the confidence interval is made
     */
    record Cox(String name, Ties ties, List<String> covariates, Interval interval) implements Analysis {
        public Cox {
            covariates = List.copyOf(covariates);
        }

        /** How a confidence interval is made. */
        public enum Interval {
            WALD,
            PROFILE_LIKELIHOOD
        }
    }

    /**
     * The hazard by an exposure that changes while persons are followed.
     *
     * @param measure what of the exposure is asked of a day
     * @param covariates names of the covariates adjusted for, known at entry; none = crude
     */
    record OverTime(String name, ExposureMeasure measure, List<String> covariates) implements Analysis {
        public OverTime {
            covariates = List.copyOf(covariates);
        }
    }

    /**
     * A trial that was not done, by clones that are censored and weighted: everybody begins within grace, against nobody does.
     *
     * @param graceDays days from entry on within which beginning counts
     * @param intervalDays days that are modelled as one; a divisor of grace
     * @param covariates names of the covariates that may tell who begins, known at entry
     */
    record TargetTrial(String name, int graceDays, int intervalDays, List<String> covariates) implements Analysis {
        public TargetTrial {
            covariates = List.copyOf(covariates);
            if (intervalDays < 1 || graceDays < 1 || graceDays % intervalDays != 0) {
                throw new IllegalArgumentException("Grace is some intervals of days");
            }
        }
    }

    /**
     * Both arms made alike by a propensity score and compared.
     *
     * @param score the name of the score
     * @param trims who is left out by score before anything else
     * @param adjustment what is done with the scores
     * @param measures what is estimated
     * @param horizons days at which risks and mean times are compared
     * @param interval scale of the curves' limits
     */
    record Comparison(
            String name,
            String score,
            List<Trim> trims,
            Adjustment adjustment,
            List<Measure> measures,
            List<Integer> horizons,
            SurvivalCurves.Interval interval)
            implements Analysis {
        public Comparison {
            trims = List.copyOf(trims);
            measures = List.copyOf(measures);
            horizons = List.copyOf(horizons);
        }

        /** Limits between which a person must lie, both included. */
        public record Trim(Scale by, double from, double to) {
            /** What is measured. */
            public enum Scale {
                PREFERENCE,
                SCORE
            }
        }

        /** What is estimated. */
        public enum Measure {
            COX,
            POISSON,
            LOGISTIC,
            FINE_GRAY,
            RISK_DIFFERENCE,
            RESTRICTED_MEAN;

            /** Whether it is told for days chosen in advance. */
            boolean hasHorizon() {
                return this == RISK_DIFFERENCE || this == RESTRICTED_MEAN;
            }
        }
    }
}
