package org.vauban.worker.launch;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vauban.worker.pipe.Guard;

/** No statement can be run on this machine: a worker could not be confined, or not even be started. */
public final class WorkersOffException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Guard> missing;

    WorkersOffException(List<Guard> missing, @Nullable Throwable cause) {
        super(missing.stream().map(Guard::name).collect(Collectors.joining(", ")), cause);
        this.missing = List.copyOf(missing);
    }

    /** The walls that do not stand; none when the worker did not start at all. */
    public List<Guard> missing() {
        return missing;
    }
}
