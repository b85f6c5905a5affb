/**
 * What people wrote and what studies computed, sealed: applications, names, opinions, raw outputs, the bodies of log entries.
 *
 * <p>The control plane and the log name a body; only this package turns the name back into a value. May use {@code vault}. Start at
 * {@link org.vauban.body.Bodies}.
 */
@NullMarked
package org.vauban.body;

import org.jspecify.annotations.NullMarked;
