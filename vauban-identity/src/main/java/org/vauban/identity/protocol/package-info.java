/**
 * How producers and the hub speak with the identity zone, and nothing of what it is inside.
 *
 * <p>The zone has two sockets in its own folder. At the {@linkplain org.vauban.identity.protocol.DoorClient door}, producers ask
 * for its public key and give sealed identity deposits. At {@linkplain org.vauban.identity.protocol.AnswersClient answers}, the hub
 * names deposits and learns, for each record of theirs, the pseudonym of its person, and how good the linkage is.
 *
 * <p>Promises: every message is bounded in size and time; a client speaks only to a process of the user who owns the zone's
 * folder; no message carries a name or a number of a person in the clear.
 *
 * <p>May use the JDK alone. Start at {@link org.vauban.identity.protocol.DoorClient} and {@link
 * org.vauban.identity.protocol.AnswersClient}. The bytes are in docs/formats/identity.md.
 */
@NullMarked
package org.vauban.identity.protocol;

import org.jspecify.annotations.NullMarked;
