package org.vauban.study;

import java.util.List;
import org.vauban.study.propensity.LargeScaleScores;
import org.vauban.trajectory.Domain;
import org.vauban.vocabulary.ConceptSet;

/** How a propensity score is made: the probability of beginning the target and not the comparator. */
public sealed interface PropensityModel {
    /** By which analyses refer to it. */
    String name();

    /**
     * Logistic regression on a few named covariates.
     *
     * @param covariates names, at least one
     */
    record Named(String name, List<String> covariates) implements PropensityModel {
        public Named {
            covariates = List.copyOf(covariates);
        }
    }

    /**
     * A lasso over everything that was recorded in some windows before.
     *
     * @param demographics whether groups of five years of age, sex, and year and month of the start stand beside the records
     * @param windows where and when is looked
     * @param excluded concepts that are not looked at: the medicines compared, which tell the arms apart
     * @param personsAtLeast what fewer persons have is left out
     * @param cost of large coefficients
     */
    record LargeScale(
            String name,
            boolean demographics,
            List<Window> windows,
            ConceptSet excluded,
            int personsAtLeast,
            LargeScaleScores.Cost cost)
            implements PropensityModel {
        public LargeScale {
            windows = List.copyOf(windows);
        }
    }

    /**
     * Days around the start in one table. A record counts when it overlaps them.
     *
     * @param fromDay first day, counted from the start: -365 is a year before
     * @param toDay last day
     * @param ancestors whether a record also counts for every ancestor of its concept
     */
    record Window(Domain domain, int fromDay, int toDay, boolean ancestors) {
        public Window {
            if (toDay < fromDay) {
                throw new IllegalArgumentException("A window does not end before it begins");
            }
        }
    }
}
