package org.vauban.people;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * People at browsers. The same accounts and passwords as on the command line, with sessions that also end when nobody uses them; what
 * cannot be taken back asks for the password once more.
 */
public final class Browsers {
    /** For so long after somebody showed who they are nobody asks again. */
    public static final Duration PROOF = Duration.ofMinutes(5);

    private final Sessions sessions;
    private final Credentials credentials;
    private final Doorstep doorstep;
    private final Clock clock;
    private final Function<String, String> loginMac;

    Browsers(
            Sessions sessions,
            Credentials credentials,
            Doorstep doorstep,
            Clock clock,
            Function<String, String> loginMac) {
        this.sessions = sessions;
        this.credentials = credentials;
        this.doorstep = doorstep;
        this.clock = clock;
        this.loginMac = loginMac;
    }

    /**
     * Opens a session.
     *
     * @param address where the request comes from; it is counted, and written nowhere
     */
    public People.Session signIn(String login, char[] password, String address) {
        doorstep.cross(address, Doorstep.NOBODY);
        People.Session session =
                sessions.openByPassword(credentials.ofLogin(loginMac.apply(login), password), Sessions.Door.BROWSER);
        doorstep.crossed(address);
        return session;
    }

    /** The person behind a cookie; refuses when there is none, or when the session has ended. */
    public Visitor visitor(String token) {
        Sessions.Live live = sessions.live(token, Sessions.Door.BROWSER);
        return new Visitor(live.actor(), live.proved().orElseThrow(), live.byProvider());
    }

    /** True while nobody need show again who they are. */
    public boolean hasProved(Visitor visitor) {
        return clock.instant().isBefore(visitor.proved().plus(PROOF));
    }

    /** Takes the password once more. */
    public void prove(Visitor visitor, char[] password, String address) {
        doorstep.cross(address, visitor.actor().account().value());
        try {
            credentials.of(visitor.actor().account(), password);
        } catch (ProblemException wrong) {
            throw wrong.code() == ProblemCode.LOGIN_WRONG
                    ? Problem.of(ProblemCode.PASSWORD_WRONG).exception(wrong)
                    : wrong;
        }
        doorstep.crossed(address);
        sessions.proved(visitor.actor(), "password-given", clock.instant());
    }

    public void signOut(Visitor visitor) {
        sessions.end(visitor.actor());
    }
}
