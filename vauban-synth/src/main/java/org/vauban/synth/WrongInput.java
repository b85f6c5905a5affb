package org.vauban.synth;

/** The caller can fix it: a stable code as elsewhere in Vauban, and what to do in both languages. Exit status 2. */
final class WrongInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String english;
    private final String french;

    WrongInput(String code, String english, String french) {
        super(code + ": " + english);
        this.code = code;
        this.english = english;
        this.french = french;
    }

    static WrongInput usage(String english, String french) {
        return new WrongInput("USAGE", english, french);
    }

    String sentence(boolean inFrench) {
        return code + ": " + (inFrench ? french : english);
    }
}
