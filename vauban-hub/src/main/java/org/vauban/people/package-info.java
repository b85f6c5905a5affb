/**
 * Who acts: local accounts, their roles and their sessions.
 *
 * <p>There is no default password. A new hub prints one one-time token for its first administrator; everybody else is invited
 * with a one-time token too and chooses the password alone. Login names are stored keyed, names of people sealed. Some roles
 * exclude each other. Start at {@link org.vauban.people.People}. May use {@code control}, {@code journal}, {@code body} and {@code custody}.
 */
@NullMarked
package org.vauban.people;

import org.jspecify.annotations.NullMarked;
