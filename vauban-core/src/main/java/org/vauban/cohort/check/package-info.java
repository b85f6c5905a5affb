/**
 * Finds what a definition says and probably does not mean: warnings, which are nearly always mistakes, and hints, which deserve a look.
 *
 * <p>Errors are refused when a definition is read; what is found here can be evaluated, and is. Each finding is a
 * {@link org.vauban.problem.Problem} of kind {@code WARNING} or {@code HINT} with the path of what it speaks of. The questions are those of OHDSI's
 * own checkers and more: a condition that nobody or everybody meets, a limit without effect, an absence nobody could have observed.
 *
 * <p>Start at {@link org.vauban.cohort.check.CohortCheck}. May use {@code cohort}, {@code document}, {@code omop}, {@code problem},
 * {@code trajectory} and {@code vocabulary}.
 */
@NullMarked
package org.vauban.cohort.check;

import org.jspecify.annotations.NullMarked;
