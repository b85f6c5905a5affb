/**
 * The identity zone: the one place that sees a NIR, an INS or a name, and it holds no health data.
 *
 * <p>Producers leave sealed identity deposits at its door. When the hub names deposits, the zone opens them in memory with its
 * own custodian, links the records of one person, and answers with pseudonyms made by two keyed hashes with two keys that
 * the custodian holds. In the words of the CNIL's circuits MC and RN it is the third party that centralises identities and
 * reconstructs them; producers are the centres, the insurer one of them.
 *
 * <p>Promises: at rest there are envelopes as they came and results under the zone's own seal, nothing readable; no identity
 * is in a log, a message or an answer; the hub learns record and pseudonym for deposits that it names, and nothing of others;
 * a batch has one answer, however often it is asked.
 *
 * <p>May use protocol, linkage, envelope, table and the custodian's client. Start at {@link org.vauban.identity.zone.Zone}, then
 * {@link org.vauban.identity.zone.ZoneServer} for the sockets.
 */
@NullMarked
package org.vauban.identity.zone;

import org.jspecify.annotations.NullMarked;
