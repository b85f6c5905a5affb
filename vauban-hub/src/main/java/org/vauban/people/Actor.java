package org.vauban.people;

import java.time.LocalDate;
import java.util.Set;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Somebody with a live session. Only {@link People} makes one, from a session token: holding an Actor means the session was checked. */
public final class Actor {
    private final AccountId account;
    private final String session;
    private final Set<Role> roles;
    private final Validity validity;
    private final boolean overdue;

    Actor(AccountId account, String session, Set<Role> roles, Validity validity, LocalDate today) {
        this.account = account;
        this.session = session;
        this.validity = validity;
        this.overdue = validity.isOver(today);
        // Whoever forgets to ask for the validity finds nobody who may do anything.
        this.roles = overdue ? Set.of() : Set.copyOf(roles);
    }

    public AccountId account() {
        return account;
    }

    /** The session's public name; two reviews must come from two sessions. */
    public String session() {
        return session;
    }

    /** What the account may do; nothing while its review or its training is overdue. */
    public Set<Role> roles() {
        return roles;
    }

    /** Until when the account may act. */
    public Validity validity() {
        return validity;
    }

    /** True when the account may do nothing but read where it stands. */
    public boolean isOverdue() {
        return overdue;
    }

    /** Refuses an actor who lacks the role. */
    public void require(Role role) {
        requireInDate();
        if (!roles.contains(role)) {
            throw Problem.of(ProblemCode.ROLE_MISSING).expected(role.word()).exception();
        }
    }

    /** Refuses an actor whose review or training is older than a year. */
    Actor requireInDate() {
        if (overdue) {
            throw Problem.of(ProblemCode.ACCOUNT_OVERDUE).found(validity.due()).exception();
        }
        return this;
    }

    @Override
    public String toString() {
        return "Actor[" + account + ", " + session + "]";
    }
}
