/**
 * The control plane: which things exist, in which state, since when. Ids, states and times only.
 *
 * <p>Whatever a person wrote, a person's name, a raw output or a set of persons is a sealed object in the vault, and a row here
 * names it. One writer; every change and its pending entry in the log commit in one transaction. A file of SQLite, or a database of a
 * PostgreSQL server. Start at
 * {@link org.vauban.control.ControlPlane}.
 */
@NullMarked
package org.vauban.control;

import org.jspecify.annotations.NullMarked;
