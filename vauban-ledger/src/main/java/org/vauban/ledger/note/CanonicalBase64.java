package org.vauban.ledger.note;

import java.util.Base64;

/** Standard base64 in its one canonical form: the JDK's decoder forgives missing padding and stray bits, a signed file must not. */
final class CanonicalBase64 {

    private CanonicalBase64() {}

    static byte[] decode(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw new MalformedNoteException("Expected standard base64.");
        }
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new MalformedNoteException("Expected base64 with its padding and without stray bits.");
        }
        return bytes;
    }
}
