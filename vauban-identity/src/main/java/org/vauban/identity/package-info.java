/**
 * The programs of the identity zone: {@link org.vauban.identity.IdentityMain} serves it, {@link org.vauban.identity.LinkMain} links
 * files of persons by the same method for whoever has such files.
 *
 * <p>Each runs in a process of its own, so that names are in no memory of the hub's.
 *
 * <p>May use its own packages below, and the custodian's client. Start at the two programs, then {@link
 * org.vauban.identity.zone.ZoneServer} and {@link org.vauban.identity.linkage.Linkage}.
 */
@NullMarked
package org.vauban.identity;

import org.jspecify.annotations.NullMarked;
