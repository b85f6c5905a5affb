package org.vauban.procedure;

import java.util.Optional;

/**
 * One body's part in a procedure.
 *
 * @param name the word for it in files and on the command line
 * @param label its name for people
 * @param body who concludes it
 * @param kind what the body's conclusion does
 * @param term how long the body may take
 * @param extension by how much the term may be made longer, once
 * @param silence what the text makes of a body that lets its term pass
 */
public record Step(
        String name,
        Label label,
        Label body,
        Kind kind,
        Optional<Term> term,
        Optional<Term> extension,
        Silence silence) {

    /** What a conclusion does. */
    public enum Kind {
        /** Finds that the request is complete, or ends it. */
        CHECK,
        /** Advises: an unfavourable opinion is on record, and the next body decides. */
        OPINION,
        /** Advises, and without an express favourable opinion the procedure ends here. */
        EXPRESS_OPINION,
        /** Decides. */
        DECISION,
        /** Both sides sign. */
        AGREEMENT
    }

    /** What follows when a term has passed and nothing was said. Whatever it is, a person notes it; nothing opens by itself. */
    public enum Silence {
        /** Nothing: the body has to speak. */
        NONE,
        /** Counts as favourable once somebody notes it. */
        FAVOURABLE,
        /**
         * Counts as favourable once somebody notes it, if every opinion before was given and expressly favourable; else the body has to
         * speak.
         */
        FAVOURABLE_AFTER_EXPRESS_OPINIONS,
        /** Counts as unfavourable once somebody notes it. */
        UNFAVOURABLE
    }

    /** True when an unfavourable conclusion ends the request. */
    boolean canEnd() {
        return kind != Kind.OPINION;
    }
}
