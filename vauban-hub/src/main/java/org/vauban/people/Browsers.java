package org.vauban.people;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * People at browsers. The same accounts and passwords as on the command line, with sessions that also end when nobody uses them; what
 * cannot be taken back asks for the password once more.
 */
public final class Browsers {
    /** For so long after the password was given nobody is asked for it again. */
    public static final Duration PROOF = Duration.ofMinutes(5);

    private final Sessions sessions;
    private final Credentials credentials;
    private final Attempts attempts;
    private final Journal journal;
    private final Clock clock;
    private final Function<String, String> loginMac;

    Browsers(
            Sessions sessions,
            Credentials credentials,
            Journal journal,
            Clock clock,
            Function<String, String> loginMac) {
        this.sessions = sessions;
        this.credentials = credentials;
        this.attempts = new Attempts(clock);
        this.journal = journal;
        this.clock = clock;
        this.loginMac = loginMac;
    }

    /**
     * Opens a session.
     *
     * @param address where the request comes from; it is counted, and written nowhere
     */
    public People.Session signIn(String login, char[] password, String address) {
        begin(address, "nobody");
        People.Session session =
                sessions.open(credentials.ofLogin(loginMac.apply(login), password), Sessions.Door.BROWSER);
        attempts.succeeded(address);
        return session;
    }

    /** The person behind a cookie; refuses when there is none, or when the session has ended. */
    public Visitor visitor(String token) {
        Sessions.Live live = sessions.live(token, Sessions.Door.BROWSER);
        return new Visitor(live.actor(), live.proved().orElseThrow());
    }

    /** True while the password need not be given again. */
    public boolean hasProved(Visitor visitor) {
        return clock.instant().isBefore(visitor.proved().plus(PROOF));
    }

    /** Takes the password once more. */
    public void prove(Visitor visitor, char[] password, String address) {
        begin(address, visitor.actor().account().value());
        try {
            credentials.of(visitor.actor().account(), password);
        } catch (ProblemException wrong) {
            throw wrong.code() == ProblemCode.LOGIN_WRONG
                    ? Problem.of(ProblemCode.PASSWORD_WRONG).exception(wrong)
                    : wrong;
        }
        attempts.succeeded(address);
        sessions.proved(visitor.actor());
    }

    public void signOut(Visitor visitor) {
        sessions.end(visitor.actor());
    }

    private void begin(String address, String who) {
        switch (attempts.begin(address)) {
            case GO_ON -> {}
            case REFUSED_FIRST -> {
                journal.enter(
                        Entry.of("login-refused", who, who).result(ProblemCode.TRIES_TOO_MANY.name()), (_, _) -> true);
                throw Attempts.tooMany();
            }
            case REFUSED_AGAIN -> throw Attempts.tooMany();
        }
    }
}
