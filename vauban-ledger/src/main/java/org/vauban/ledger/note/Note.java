package org.vauban.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text and the signatures under it (C2SP signed-note).
 *
 * <p>Holding a note says nothing about who signed it: ask {@link #isSignedBy}. Signatures by unknown keys are kept, which is
 * how witnesses add theirs.
 *
 * @param text ends with a newline
 * @param signatures at least one
 */
public record Note(String text, List<NoteSignature> signatures) {

    /** Room for sixteen post-quantum signatures and more; a longer file is not a note. */
    public static final int LONGEST = 1 << 18;

    private static final int MOST_SIGNATURES = 100;

    public Note {
        if (!text.endsWith("\n") || text.codePoints().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new MalformedNoteException("A note's text ends with a newline and has no other control character.");
        }
        if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
            throw new MalformedNoteException("A note has between 1 and " + MOST_SIGNATURES + " signatures.");
        }
        signatures = List.copyOf(signatures);
    }

    /** Signs the text, and checks the signature before anybody sees it: the signer may be far away. */
    public static Note sign(String text, Signer signer) {
        VerifierKey key = VerifierKey.of(signer);
        Note note = new Note(text, List.of(NoteSignature.of(key, signer.sign(text.getBytes(UTF_8)))));
        if (!note.isSignedBy(key)) {
            throw new IllegalStateException("The signer returned a signature that its public key does not verify.");
        }
        return note;
    }

    public static Note parse(byte[] bytes) {
        if (bytes.length > LONGEST) {
            throw new MalformedNoteException("A note has at most " + LONGEST + " bytes.");
        }
        String note = decode(bytes);
        int textEnd = note.lastIndexOf("\n\n") + 1;
        if (textEnd == 0 || textEnd + 1 == note.length() || !note.endsWith("\n")) {
            throw new MalformedNoteException(
                    "A note is a text, an empty line and signature lines, each ended by a newline.");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : note.substring(textEnd + 1, note.length() - 1).split("\n", -1)) {
            signatures.add(signatureIn(line));
        }
        return new Note(note.substring(0, textEnd), signatures);
    }

    public byte[] encode() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString().getBytes(UTF_8);
    }

    /** The same note with one more signature, from a witness for instance. */
    public Note with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new Note(text, more);
    }

    /** Whether the key signed this text. A false signature under the key's name and id spoils a true one beside it. */
    public boolean isSignedBy(VerifierKey key) {
        List<NoteSignature> candidates = signatures.stream()
                .filter(signature -> signature.name().equals(key.name()) && signature.keyId() == key.id())
                .toList();
        return !candidates.isEmpty()
                && candidates.stream().allMatch(signature -> key.verifies(text, signature.signature()));
    }

    /** Whether a signature stands under the key's name and id that the key did not make: such a note is to be rejected whole. */
    public boolean isSpoiledFor(VerifierKey key) {
        return names(key) && !isSignedBy(key);
    }

    /** Whether a signature stands under the key's name and id, whoever made it. */
    public boolean names(VerifierKey key) {
        return signatures.stream()
                .anyMatch(signature -> signature.name().equals(key.name()) && signature.keyId() == key.id());
    }

    /** This key's signature, if {@link #isSignedBy} it. */
    public Optional<NoteSignature> signatureBy(VerifierKey key) {
        return signatures.stream()
                .filter(signature -> signature.name().equals(key.name()) && signature.keyId() == key.id())
                .findFirst()
                .filter(_ -> isSignedBy(key));
    }

    private static NoteSignature signatureIn(String line) {
        int nameEnd = line.indexOf(' ', NoteSignature.DASH.length());
        if (!line.startsWith(NoteSignature.DASH) || nameEnd < 0) {
            throw new MalformedNoteException(
                    "A signature line is a dash, the key's name and base64, with one space between.");
        }
        return new NoteSignature(line.substring(NoteSignature.DASH.length(), nameEnd), line.substring(nameEnd + 1));
    }

    private static String decode(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw new MalformedNoteException("A note is UTF-8.");
        }
    }
}
