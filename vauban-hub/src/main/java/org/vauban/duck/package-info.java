/**
 * DuckDB inside the hub: sealed memory files for it to read, sessions that can touch nothing else, and trajectories out of its rows.
 *
 * <p>Promises: a session reads the files that were named when it was opened and no other file, opens no network, loads no extension,
 * spills nothing to disk and cannot change its own configuration; what SQL engines say when they fail is never passed on word for
 * word, because they quote values. Rows of trajectories are always asked in order, and the order is checked again on arrival.
 *
 * <p>May use {@code omop}, {@code trajectory}, {@code vocabulary}, {@code problem} and DuckDB. Start at
 * {@link org.vauban.duck.DuckSession}.
 */
@NullMarked
package org.vauban.duck;

import org.jspecify.annotations.NullMarked;
