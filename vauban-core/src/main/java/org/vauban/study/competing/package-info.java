/**
 * Competing risks: persons who may leave by one of several causes, of which the first ends the others. Cumulative incidence, its
 * tests and its regression, on primitive arrays, held to R's {@code survival} and {@code cmprsk}.
 *
 * <p>Causes are numbered from 1; 0 is censored. A person is at risk at {@code t} when the time is not before {@code t}. Start at
 * {@link org.vauban.study.competing.AalenJohansen}, {@link org.vauban.study.competing.GrayTest} and
 * {@link org.vauban.study.competing.FineGray}. A cause-specific hazard ratio is a Cox regression with the other causes censored.
 */
@NullMarked
package org.vauban.study.competing;

import org.jspecify.annotations.NullMarked;
