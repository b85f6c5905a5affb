package org.vauban.permit;

import org.vauban.people.AccountId;
import org.vauban.procedure.Event;

/**
 * Something that happened to a request, as it is on record.
 *
 * @param actor who entered it
 * @param text the question, the answer, the reasons
 * @param document where the signed document of an outside body lies: its reference or hash
 * @param logIndex its entry in the log
 */
public record Happening(Event event, AccountId actor, String text, String document, long logIndex) {}
