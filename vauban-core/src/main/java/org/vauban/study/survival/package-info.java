/**
 * Survival analysis as numbers: Kaplan-Meier curves and Cox regression on primitive arrays, held to R's {@code survival}.
 *
 * <p>Nothing here knows persons, cohorts or files. Times are in the unit of the caller, and a row's order never changes a
 * result beyond rounding. Estimates that do not exist (a monotone likelihood, a column that is a sum of others) are answered
 * with a named reason, never with a finite number.
 *
 * <p>Start at {@link org.vauban.study.survival.KaplanMeier} and {@link org.vauban.study.survival.CoxRegression}. May use EJML
 * for linear algebra and commons-statistics for distributions.
 */
@NullMarked
package org.vauban.study.survival;

import org.jspecify.annotations.NullMarked;
