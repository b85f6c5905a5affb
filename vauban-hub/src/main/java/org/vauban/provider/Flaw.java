package org.vauban.provider;

import java.util.Locale;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** What was wrong with what a provider, or somebody in its name, said. The log is told which; whoever tried is not. */
public enum Flaw {
    /** Not a token, or not an answer. */
    MALFORMED,
    /** A signature of an algorithm that is not in the list; none at all is one of them. */
    ALGORITHM,
    SIGNATURE,
    /** A token of another kind, presented as this one. */
    KIND,
    ISSUER,
    AUDIENCE,
    /** Given to another client. */
    PARTY,
    EXPIRED,
    NONCE,
    /** The access token is not the one that was given out with this identity. */
    ACCESS_TOKEN,
    /** The person was not asked who they are, or too long ago. */
    AUTHENTICATION_TIME,
    /** No sign-in of this browser is under way, or it was used already. */
    STATE,
    /** The provider said no. */
    REFUSED,
    /** A token that only its holder's key may use; nobody here can see that key. */
    BOUND_TO_A_KEY,
    REPLAYED,
    /** Issued before the person was signed out. */
    SIGNED_OUT,
    /** Another person than the one who is signed in. */
    OTHER_PERSON,
    /** Nobody's account here. */
    NO_ACCOUNT,
    /** The invitation is none, was used, or has ended. */
    NO_INVITATION;

    /** The word in the log: {@code other-person}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one refusal that all flaws are answered with. */
    public ProblemException refusal() {
        return Problem.of(ProblemCode.PROVIDER_REFUSED).found(word()).exception();
    }

    ProblemException refusal(Exception cause) {
        return Problem.of(ProblemCode.PROVIDER_REFUSED).found(word()).exception(cause);
    }
}
