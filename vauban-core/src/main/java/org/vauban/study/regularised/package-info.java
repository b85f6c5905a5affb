/**
 * Regularised regression on many sparse columns: lasso, ridge and elastic net for a yes-or-no outcome and for survival.
 *
 * <p>The objective is minus the log-likelihood over the rows, plus {@code lambda * (alpha * |b|_1 + (1 - alpha) / 2 * |b|_2^2)}; an
 * intercept is not penalised. A Laplace prior of variance {@code v} on each coefficient is the lasso with
 * {@code lambda = sqrt(2 / v) / rows}; a normal prior of variance {@code v} is the ridge with {@code lambda = 1 / (v * rows)}. Each
 * fit tells its objective and how far it is from the optimum (the Karush-Kuhn-Tucker residual).
 *
 * <p>Start at {@link org.vauban.study.regularised.RegularisedRegression}. Nothing but primitive arrays.
 */
@NullMarked
package org.vauban.study.regularised;

import org.jspecify.annotations.NullMarked;
