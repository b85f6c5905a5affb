package org.vauban.worker.launch;

import java.io.IOException;

/** The worker ended before its answer did. */
public final class WorkerGoneException extends IOException {
    private static final long serialVersionUID = 1;

    private final Ending ending;

    WorkerGoneException(Ending ending) {
        super(ending.name());
        this.ending = ending;
    }

    public Ending ending() {
        return ending;
    }
}
