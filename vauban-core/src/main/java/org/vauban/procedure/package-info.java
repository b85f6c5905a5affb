/**
 * How access is asked for and decided: procedures as texts in force lay them down, and where a request stands in one.
 *
 * <p>A {@link org.vauban.procedure.Procedure} is data, read from a file with its source, its version and its days in force. A
 * {@link org.vauban.procedure.Course} is what happened to one request; {@link org.vauban.procedure.Standing} is computed from it and
 * from the time, never stored. Nothing here opens data: the last word is a person's, in {@code permit}.
 *
 * <p>May use: {@code document}, {@code problem}. Start with {@link org.vauban.procedure.Procedures}.
 */
@NullMarked
package org.vauban.procedure;

import org.jspecify.annotations.NullMarked;
