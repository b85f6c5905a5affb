/**
 * What the hub and its SQL worker say to each other, over the worker's standard input and output and nowhere else.
 *
 * <p>Promises: frames are bounded, and every count in a frame is checked against the bytes that are there; the worker's answers hold
 * what the statement answered and no word of the engine's own. {@code docs/formats/worker.md} is the same in prose. Uses the JDK
 * alone. Start at {@link org.vauban.worker.pipe.Pipe}.
 */
@NullMarked
package org.vauban.worker.pipe;

import org.jspecify.annotations.NullMarked;
