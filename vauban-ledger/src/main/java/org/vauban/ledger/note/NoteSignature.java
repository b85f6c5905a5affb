package org.vauban.ledger.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * One signature line of a note.
 *
 * @param name the key's name
 * @param base64 four bytes of key id, then the signature in the key's own form
 */
public record NoteSignature(String name, String base64) {

    static final String DASH = "\u2014 ";

    public NoteSignature {
        if (!KeyName.isValid(name)) {
            throw new MalformedNoteException("A signature line names its key without spaces or plus signs.");
        }
        if (CanonicalBase64.decode(base64).length <= Integer.BYTES) {
            throw new MalformedNoteException("A signature line holds four bytes of key id and a signature.");
        }
    }

    static NoteSignature of(VerifierKey key, byte[] signature) {
        byte[] line = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(key.id())
                .put(signature)
                .array();
        return new NoteSignature(key.name(), Base64.getEncoder().encodeToString(line));
    }

    /** The line as it stands under a note, its newline included. */
    public String line() {
        return DASH + name + ' ' + base64 + '\n';
    }

    public int keyId() {
        return ByteBuffer.wrap(CanonicalBase64.decode(base64)).getInt();
    }

    byte[] signature() {
        byte[] line = CanonicalBase64.decode(base64);
        return Arrays.copyOfRange(line, Integer.BYTES, line.length);
    }
}
