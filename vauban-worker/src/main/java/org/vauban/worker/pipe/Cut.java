package org.vauban.worker.pipe;

/** Whether an answer is whole. The order is that of the numbers on the wire. */
public enum Cut {
    WHOLE,
    /** There are more rows than are shown. */
    ROWS,
    /** The rows are longer than is shown. */
    BYTES
}
