/**
 * Brings data into the warehouse as an edition: begun in the log, made durable, entered with its root, then shown in one switch.
 *
 * <p>Nobody can read an edition whose root is not in the log, and a crash at any moment leaves either the edition or nothing. May use
 * {@code ingest}, {@code edition}, {@code journal}, {@code control}, {@code people} and {@code permit}. Start at {@link org.vauban.publication.Publications}.
 */
@NullMarked
package org.vauban.publication;

import org.jspecify.annotations.NullMarked;
