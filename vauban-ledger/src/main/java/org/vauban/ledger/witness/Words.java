package org.vauban.ledger.witness;

import java.util.Locale;
import java.util.ResourceBundle;

/** The witness's sentences in one language. */
final class Words {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Words() {}

    static ResourceBundle in(Locale language) {
        Locale spoken = language.getLanguage().equals("fr") ? Locale.FRENCH : Locale.ENGLISH;
        return ResourceBundle.getBundle("org.vauban.ledger.witness.words", spoken, NO_FALLBACK);
    }
}
