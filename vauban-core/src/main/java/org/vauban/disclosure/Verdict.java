package org.vauban.disclosure;

/** The machine's word on an output. It never releases by itself: only the airlock, with two reviews, does. */
public sealed interface Verdict permits Cleared, Withheld {
    /** The output's name. */
    String name();
}
