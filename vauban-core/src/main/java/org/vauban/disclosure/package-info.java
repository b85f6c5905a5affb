/**
 * Disclosure control: what of an exact result may leave, and why the rest may not.
 *
 * <p>{@link org.vauban.disclosure.Disclosure#review} turns a {@link org.vauban.output.RawOutput} into a {@link org.vauban.disclosure.Verdict}: {@link org.vauban.disclosure.Cleared}
 * with protected content ({@link org.vauban.disclosure.Shown}), or {@link org.vauban.disclosure.Withheld} with reasons. Only this package can make a {@code Cleared}.
 * {@link org.vauban.disclosure.OutputCheck} checks one table from a file, for people who want the checker alone.
 *
 * <p>Promises, for a reader who knows the rules, the status of every cell and every shown count exactly:
 *
 * <ul>
 *   <li>a small count keeps every value from 1 to threshold - 1 possible (and 0 where zeros are hidden);
 *   <li>a count that is hidden to protect others keeps an interval at least 10 wide;
 *   <li>each promise is kept by <em>showing</em> a whole other table that fits all that is published. Solvers only propose
 *       such tables; they are checked in whole numbers, so a solver's mistake costs usefulness and never protection;
 *   <li>whatever is rounded is a function of counts that are safe exactly, so rounding is a second wall and not the first;
 *   <li>same input and rules, same verdict.
 * </ul>
 *
 * <p>Start at {@link org.vauban.disclosure.Disclosure}; the heart is {@code TableProtector}. May use {@code output}, {@code problem}, {@code document}, and ojAlgo (in
 * {@code LinearProgram} only). References: Fischetti and Salazar, "Solving the cell suppression problem on tabular data with
 * linear constraints" (2001); Hundepool and others, "Statistical Disclosure Control" (2012).
 */
@NullMarked
package org.vauban.disclosure;

import org.jspecify.annotations.NullMarked;
