/**
 * People who object to the use of their data. Names are the identity zone's; here a version says which persons of which edition are marked, and
 * whoever reads an edition reads it without them.
 *
 * <p>Promises: a version is there whole or not at all, and never changes; one person adds marks, two let go of somebody; the log has counts and
 * a root, this hub's people see counts; no pseudonym is kept. May use {@code pseudonym} (the zone's answer), {@code ingest} (directories),
 * {@code edition}, {@code body}, {@code journal}, {@code people} and {@code custody}. Start at {@link org.vauban.objection.Objections}.
 */
@NullMarked
package org.vauban.objection;

import org.jspecify.annotations.NullMarked;
