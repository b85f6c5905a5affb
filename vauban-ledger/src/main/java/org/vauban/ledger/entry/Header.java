package org.vauban.ledger.entry;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The readable part of an entry. Everybody may read it for ever, so it takes codes and identifiers only.
 *
 * @param time when the entry was made; kept to the millisecond, between the years 1970 and 9999
 * @param act a code, such as {@code study.run}
 * @param phase begun, concluded or entered
 * @param actor pseudonym of who acts
 * @param object identifier of what is acted on
 * @param permit identifier of the permit that allows it
 * @param purpose a code of the permit's
 * @param inputs what a batch worked on
 */
public record Header(
        Instant time,
        String act,
        Phase phase,
        String actor,
        Optional<String> object,
        Optional<String> permit,
        Optional<String> purpose,
        Optional<Inputs> inputs) {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    public Header {
        time = time.truncatedTo(ChronoUnit.MILLIS);
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException("An entry is made between the years 1970 and 9999.");
        }
        Words.requireCode("act", act);
        Words.requireReference("actor", actor);
        object.ifPresent(value -> Words.requireReference("object", value));
        permit.ifPresent(value -> Words.requireReference("permit", value));
        purpose.ifPresent(value -> Words.requireCode("purpose", value));
    }

    /** A header with what every entry has; add the rest with the methods below. */
    public static Header of(Instant time, String act, Phase phase, String actor) {
        return new Header(
                time, act, phase, actor, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Header on(String newObject) {
        return new Header(time, act, phase, actor, Optional.of(newObject), permit, purpose, inputs);
    }

    public Header under(String newPermit, String newPurpose) {
        return new Header(time, act, phase, actor, object, Optional.of(newPermit), Optional.of(newPurpose), inputs);
    }

    public Header over(Inputs newInputs) {
        return new Header(time, act, phase, actor, object, permit, purpose, Optional.of(newInputs));
    }
}
