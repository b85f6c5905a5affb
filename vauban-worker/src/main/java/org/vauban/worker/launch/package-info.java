/**
 * Starts workers, in the process that hands them their work, and ends them.
 *
 * <p>A worker is used once. Its class path is one jar with the worker and the engine's classes, and the engine's library lies beside it:
 * both are made once in a folder that goes away with the process, because a worker cannot open a file any more when it needs them. May
 * use {@code worker}, {@code worker.pipe} and the JDK. Start at {@link org.vauban.worker.launch.Workers}.
 */
@NullMarked
package org.vauban.worker.launch;

import org.jspecify.annotations.NullMarked;
