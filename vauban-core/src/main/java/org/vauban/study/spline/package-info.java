/**
 * Smooth curves of one number as columns of a model: cubic, restricted to lines beyond the outer knots, or closed around a year.
 *
 * <p>A spline is made once, from its knots, and then turns each value into the numbers that a regression multiplies. May use
 * {@code study.matrix}. Start at {@link org.vauban.study.spline.RestrictedCubicSpline}.
 */
@NullMarked
package org.vauban.study.spline;

import org.jspecify.annotations.NullMarked;
