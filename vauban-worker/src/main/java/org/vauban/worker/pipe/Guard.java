package org.vauban.worker.pipe;

/** One of the walls around a worker, as it found it when it tried. The order is that of the numbers on the wire. */
public enum Guard {
    /** Nothing that is started can gain rights, and nobody may look into the process or leave a core of it. */
    NO_NEW_RIGHTS(true),
    /** Memory, processor time, files, cores. */
    LIMITS(true),
    /** The kernel refuses every system call that is not on a short list, on every thread. */
    SYSTEM_CALLS(true),
    /** No file could be opened for reading or writing. */
    FILES(true),
    /** No socket could be made. */
    NETWORK(true),
    /** No program could be started, no process made, stopped or looked into. */
    PROCESSES(true),
    /** The kernel's Landlock refuses every path to the thread that runs the statement. */
    LANDLOCK(false),
    /** The process has a network of its own with nobody in it. */
    OWN_NETWORK(false);

    private final boolean needed;

    Guard(boolean needed) {
        this.needed = needed;
    }

    /** True when nothing is run without it; the others are second walls. */
    public boolean isNeeded() {
        return needed;
    }
}
