package org.vauban.people;

import java.util.Set;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Somebody with a live session. Only {@link People} makes one, from a session token: holding an Actor means the session was checked. */
public final class Actor {
    private final AccountId account;
    private final String session;
    private final Set<Role> roles;

    Actor(AccountId account, String session, Set<Role> roles) {
        this.account = account;
        this.session = session;
        this.roles = Set.copyOf(roles);
    }

    public AccountId account() {
        return account;
    }

    /** The session's public name; two reviews must come from two sessions. */
    public String session() {
        return session;
    }

    public Set<Role> roles() {
        return roles;
    }

    /** Refuses an actor who lacks the role. */
    public void require(Role role) {
        if (!roles.contains(role)) {
            throw Problem.of(ProblemCode.ROLE_MISSING).expected(role.word()).exception();
        }
    }

    @Override
    public String toString() {
        return "Actor[" + account + ", " + session + "]";
    }
}
