package org.vauban.worker.launch;

/** How a worker ended that gave no answer. */
public enum Ending {
    /** It was killed: its time, or its processor time, was over. */
    OUT_OF_TIME,
    /** It died by itself: of memory, or of a fault of the engine. */
    DIED
}
