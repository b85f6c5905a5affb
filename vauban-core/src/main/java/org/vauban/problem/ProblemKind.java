package org.vauban.problem;

/** Whose move it is when something goes wrong; decides the exit status and the HTTP status, here and nowhere else. */
public enum ProblemKind {
    /** We failed while running. */
    FAULT(1, 500),
    /** The caller can mend it: wrong usage or wrong input. */
    USER(2, 400),
    /** We say no, explain it, and enter it in the log. */
    REFUSAL(3, 403),
    /** The log, an edition or a seal is not what it was. */
    BROKEN(4, 500),
    /** Nothing is refused, but this is nearly always a mistake. */
    WARNING(0, 200),
    /** Nothing is refused, and this may be meant; it deserves a look. */
    HINT(0, 200);

    private final int exitStatus;
    private final int httpStatus;

    ProblemKind(int exitStatus, int httpStatus) {
        this.exitStatus = exitStatus;
        this.httpStatus = httpStatus;
    }

    public int exitStatus() {
        return exitStatus;
    }

    public int httpStatus() {
        return httpStatus;
    }
}
