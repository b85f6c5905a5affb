/**
 * Results as typed values: what a study computes and what may ask to leave. Nothing here can be printed by accident.
 *
 * <p>A {@link org.vauban.output.RawOutput} is exact and stays in the project space. It knows the persons behind each figure, because disclosure control
 * counts persons and later compares outputs with each other. {@code toString} shows shape only. The words are the
 * architecture's: an output is a result that asks to leave. Uses the JDK alone.
 */
@NullMarked
package org.vauban.output;

import org.jspecify.annotations.NullMarked;
