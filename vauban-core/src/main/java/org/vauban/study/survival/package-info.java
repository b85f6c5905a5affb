/**
 * Survival analysis as numbers: Kaplan-Meier curves, tests between them and Cox regression on primitive arrays, held to R's
 * {@code survival}.
 *
 * <p>Nothing here knows persons, cohorts or files. Times are in the unit of the caller, and a row's order never changes a
 * result beyond rounding. Estimates that do not exist (a monotone likelihood, a column that is a sum of others) are answered
 * with a named reason, never with a finite number.
 *
 * <p>Start at {@link org.vauban.study.survival.KaplanMeier}, {@link org.vauban.study.survival.LogRank} and
 * {@link org.vauban.study.survival.CoxRegression}; a {@link org.vauban.study.survival.CoxFit} answers with residuals, baseline hazards,
 * robust errors and tests of proportional hazards. May use EJML for linear algebra and commons-statistics for distributions.
 */
@NullMarked
package org.vauban.study.survival;

import org.jspecify.annotations.NullMarked;
