package org.vauban.cohort;

/**
 * A text to look for. In it {@code %} stands for any text and {@code _} for any character, as in SQL; letters are told apart by
 * case.
 */
public record TextPattern(Where where, String text, boolean isNegated) {
    /** Where in the value the text must be. */
    public enum Where {
        START,
        END,
        ANYWHERE
    }
}
