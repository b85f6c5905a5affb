/**
 * Who acts: accounts, their roles and their sessions.
 *
 * <p>There is no default password. A new hub prints one one-time token for its first administrator; everybody else is invited
 * with a one-time token too, and takes it up with a password or by somebody who vouches for them: a provider of identities says who a
 * person is, never what they may do. Login names and the provider's are stored keyed, names of people sealed. Some roles
 * exclude each other, and each account is reviewed every year. Start at {@link org.vauban.people.People}. May use {@code control},
 * {@code journal}, {@code body}, {@code custody} and {@code provider}.
 */
@NullMarked
package org.vauban.people;

import org.jspecify.annotations.NullMarked;
