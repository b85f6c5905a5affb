package org.vauban.people;

import java.time.Clock;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.problem.ProblemCode;

/** Where whoever wants to come in is counted, before anybody looks at whether they may. */
final class Doorstep {
    static final String NOBODY = "nobody";

    private final Attempts attempts;
    private final Journal journal;

    Doorstep(Journal journal, Clock clock) {
        this.attempts = new Attempts(clock);
        this.journal = journal;
    }

    /** Counts an attempt; refuses whoever failed too often, the first time with an entry. */
    void cross(String address, String who) {
        switch (attempts.begin(address)) {
            case GO_ON -> {}
            case REFUSED_FIRST -> {
                refused(who, ProblemCode.TRIES_TOO_MANY, "");
                throw Attempts.tooMany();
            }
            case REFUSED_AGAIN -> throw Attempts.tooMany();
        }
    }

    /** The attempt was right, and does not count. */
    void crossed(String address) {
        attempts.succeeded(address);
    }

    /** Enters a refusal that stops nobody else: so many from one place, then one more that says so, then none. */
    void enter(String address, String who, ProblemCode code, String flaw) {
        switch (attempts.begin(address)) {
            case GO_ON -> refused(who, code, flaw);
            case REFUSED_FIRST -> refused(who, ProblemCode.TRIES_TOO_MANY, flaw);
            case REFUSED_AGAIN -> {}
        }
    }

    /** Enters that somebody was not let in, and for the operator why: {@code PROVIDER_REFUSED-nonce}. */
    void refused(String who, ProblemCode code, String flaw) {
        String result = flaw.isEmpty() ? code.name() : code.name() + "-" + flaw;
        journal.enter(Entry.of("login-refused", who, who).result(result), (_, _) -> true);
    }
}
