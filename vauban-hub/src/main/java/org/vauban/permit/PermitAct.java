package org.vauban.permit;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vauban.procedure.Event;

/** What people do with a request, or with the permit that it became. */
public enum PermitAct {
    ASK(Party.COMMITTEE),
    ANSWER(Party.APPLICANT),
    EXTEND(Party.COMMITTEE),
    CONCLUDE(Party.COMMITTEE),
    SILENCE(Party.COMMITTEE),
    /** By another member than those who concluded its steps. */
    GRANT(Party.COMMITTEE),
    REFUSE(Party.COMMITTEE),
    APPEAL(Party.APPLICANT),
    RETRACT(Party.APPLICANT),
    WITHDRAW(Party.COMMITTEE),
    AMEND(Party.APPLICANT),
    RENEW(Party.APPLICANT);

    /** What a procedure provides for, as an act. */
    static final Map<Event.Kind, PermitAct> OF_EVENTS = Map.of(
            Event.Kind.ASKED, ASK,
            Event.Kind.ANSWERED, ANSWER,
            Event.Kind.EXTENDED, EXTEND,
            Event.Kind.CONCLUDED, CONCLUDE,
            Event.Kind.SILENCE_NOTED, SILENCE,
            Event.Kind.REFUSED, REFUSE,
            Event.Kind.APPEALED, APPEAL);

    private final Party party;

    PermitAct(Party party) {
        this.party = party;
    }

    /** Who acts. */
    public enum Party {
        APPLICANT,
        COMMITTEE
    }

    public Party party() {
        return party;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<PermitAct> named(String word) {
        return Stream.of(values()).filter(act -> act.word().equals(word)).findFirst();
    }
}
