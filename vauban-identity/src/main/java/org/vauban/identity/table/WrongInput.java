package org.vauban.identity.table;

/** What was given cannot be used, and the giver can put it right. Said in both languages; never with a person's value. */
public final class WrongInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String french;

    public WrongInput(String english, String french) {
        super(english);
        this.french = french;
    }

    /** At a place of a file; lines and columns are counted from 1. */
    public static WrongInput at(String file, long line, int column, String english, String french) {
        return new WrongInput(
                "%s, line %d, column %d: %s".formatted(file, line, column, english),
                "%s, ligne %d, colonne %d : %s".formatted(file, line, column, french));
    }

    /** The sentence for a reader of that language. */
    public String sentence(boolean inFrench) {
        return inFrench ? french : String.valueOf(getMessage());
    }
}
