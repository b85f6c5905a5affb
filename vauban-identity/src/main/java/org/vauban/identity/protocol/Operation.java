package org.vauban.identity.protocol;

/** What can be asked; the first byte of a request. Numbers are never given a second meaning. */
public final class Operation {

    /** At the door: the public key that identity parts are sealed to. */
    public static final int PUBLIC_KEY = 1;
    /** At the door: a deposit's manifest; the answer names the parts that are here already. */
    public static final int BEGIN = 2;
    /** At the door: a piece of a part. */
    public static final int PIECE = 3;
    /** At the door: all parts were given. */
    public static final int FINISH = 4;
    /** At answers: link deposits. */
    public static final int LINK = 11;

    /** At answers: who of a batch objects. */
    public static final int OBJECTING = 12;

    /** An answer's first byte when all is well; else {@link IdentityException.Kind#number}, then a text. */
    public static final int DONE = 0;

    /** What follows in an answer to {@link #LINK}: the zone is at work. */
    public static final int WORKING = 1;
    /** The report, and how many records each deposit has. */
    public static final int REPORT = 2;
    /** Records and pseudonyms. */
    public static final int PAIRS = 3;
    /** No more. */
    public static final int END = 4;

    /** In an answer to {@link #OBJECTING}: the lists that were looked at, and how many records they have. */
    public static final int LISTS = 5;
    /** Pseudonyms alone. */
    public static final int PSEUDONYMS = 6;

    private Operation() {}
}
