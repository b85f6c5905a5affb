package org.vauban.people;

import java.time.Instant;

/** Somebody at a browser, with a live session. Only {@link Browsers} makes one, from a cookie. */
public final class Visitor {
    private final Actor actor;
    private final Instant proved;

    Visitor(Actor actor, Instant proved) {
        this.actor = actor;
        this.proved = proved;
    }

    public Actor actor() {
        return actor;
    }

    /** When the password was last given in this session. */
    Instant proved() {
        return proved;
    }

    @Override
    public String toString() {
        return "Visitor[" + actor + "]";
    }
}
