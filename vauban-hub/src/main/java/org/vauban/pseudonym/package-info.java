/**
 * The warehouse's side of the identity zone: it asks for a linkage and gets, for each deposit, who is behind each record number, under
 * pseudonyms. No name, no NIR and no key of the zone ever comes here.
 *
 * <p>Promises: every linkage is one entry in the log, begun before the zone is asked and concluded with a count and a Merkle root over
 * the answers, never one entry per person; the answers live in memory only and are gone with the publication. May use the zone's
 * protocol, {@code journal}, {@code people} and {@code problem}. Start at {@link org.vauban.pseudonym.Linkages}.
 */
@NullMarked
package org.vauban.pseudonym;

import org.jspecify.annotations.NullMarked;
