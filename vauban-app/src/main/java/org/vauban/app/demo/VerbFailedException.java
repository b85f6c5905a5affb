package org.vauban.app.demo;

import java.io.Serial;

/** A verb of the demonstration ended badly; its own words were printed already. */
final class VerbFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String verb;
    private final int exitStatus;

    VerbFailedException(String verb, int exitStatus) {
        super(verb + " ended with " + exitStatus);
        this.verb = verb;
        this.exitStatus = exitStatus;
    }

    String verb() {
        return verb;
    }

    int exitStatus() {
        return exitStatus;
    }
}
