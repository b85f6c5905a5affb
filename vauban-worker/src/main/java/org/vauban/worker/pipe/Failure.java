package org.vauban.worker.pipe;

/** Why a statement has no answer. The order is that of the numbers on the wire. */
public enum Failure {
    /** It is not one SELECT. */
    NOT_ONE_SELECT,
    /** The engine does not understand it: its grammar, or a name in it. */
    NOT_UNDERSTOOD,
    /** The engine may not do what it asks. */
    FORBIDDEN,
    /** The engine understood it and failed on the way, such as on a text that is no number. */
    FAILED,
    /** It needed more memory than there is for it. */
    MEMORY
}
