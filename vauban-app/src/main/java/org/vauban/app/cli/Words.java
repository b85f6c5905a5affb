package org.vauban.app.cli;

import java.util.Locale;
import java.util.ResourceBundle;

/** The command line's sentences and help texts in one language. */
public final class Words {
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale language;
    private final ResourceBundle sentences;

    private Words(Locale language) {
        this.language = language;
        this.sentences = bundle("words", language);
    }

    public static Words in(Locale language) {
        return new Words(language);
    }

    static ResourceBundle help(Locale language) {
        return bundle("help", language);
    }

    private static ResourceBundle bundle(String name, Locale language) {
        return ResourceBundle.getBundle("org.vauban.app.cli." + name, language, NO_FALLBACK);
    }

    public Locale language() {
        return language;
    }

    /** The sentence of this name, its gaps {@code {0}}, {@code {1}}, … filled in. */
    public String say(String name, Object... values) {
        String sentence = sentences.getString(name);
        for (int index = 0; index < values.length; index++) {
            sentence = sentence.replace("{" + index + "}", String.valueOf(values[index]));
        }
        return sentence;
    }
}
