package org.vauban.procedure;

/** What a body concludes. */
public enum Outcome {
    FAVOURABLE,
    /** Favourable, and the conditions are part of the permit. */
    CONDITIONAL,
    UNFAVOURABLE
}
