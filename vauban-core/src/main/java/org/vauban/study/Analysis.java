package org.vauban.study;

import java.util.List;
import org.vauban.output.SurvivalCurves;
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
}
