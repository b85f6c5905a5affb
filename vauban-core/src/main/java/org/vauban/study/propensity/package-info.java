/**
 * Propensity scores: the probability of the treatment received, given what was known before, and what follows from it: weights,
 * strata, matched sets, trimming, balance, and effects that average over a population.
 *
 * <p>Numbers only; nothing here knows persons, cohorts or files. A score that does not exist (perfect separation, a column that is a sum of
 * others) is answered with nothing, never with a finite number. May use {@code regression} and {@code regularised}, whose logistic models make scores.
 * Start at {@link org.vauban.study.propensity.PropensityScores}; balance is {@link org.vauban.study.propensity.Balance}, effects are
 * {@link org.vauban.study.propensity.AverageEffect}.
 */
@NullMarked
package org.vauban.study.propensity;

import org.jspecify.annotations.NullMarked;
