package org.vauban.people;

import java.time.Instant;

/** Somebody at a browser, with a live session. Only {@link Browsers} makes one, from a cookie. */
public final class Visitor {
    private final Actor actor;
    private final Instant proved;
    private final boolean byProvider;

    Visitor(Actor actor, Instant proved, boolean byProvider) {
        this.actor = actor;
        this.proved = proved;
        this.byProvider = byProvider;
    }

    public Actor actor() {
        return actor;
    }

    /** True for somebody who came by the provider of identities: there is no password to ask for. */
    public boolean isByProvider() {
        return byProvider;
    }

    /** When the person last showed who they are, in this session. */
    Instant proved() {
        return proved;
    }

    @Override
    public String toString() {
        return "Visitor[" + actor + "]";
    }
}
