/**
 * Pictures of results as SVG, drawn without a script: the same bytes in page, report, airlock and print.
 *
 * <p>A {@link org.vauban.plot.Figure} is a plain record of numbers and words; whoever shows numbers outside fills it from
 * released content only. Words come from the caller in its language. Each figure has a title and a description for those who
 * cannot see it, tells arms apart by colour and by dashes, and follows the reader's light or dark setting and the printer by the
 * style sheet {@link org.vauban.plot.FigureStyle#css()}, so that a strict content security policy can stay strict.
 *
 * <p>Start at {@link org.vauban.plot.Figure}. Uses the JDK alone.
 */
@NullMarked
package org.vauban.plot;

import org.jspecify.annotations.NullMarked;
