package org.vauban.ledger.note;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vauban.ledger.tree.Hash;

/**
 * What a log says of itself at one moment (C2SP tlog-checkpoint): three lines, without extension lines, which nobody could
 * audit.
 *
 * @param origin the log's name
 * @param size number of entries
 * @param root the root of the Merkle tree over them
 */
public record Checkpoint(String origin, long size, Hash root) {

    private static final Pattern FORM = Pattern.compile("([^\n]+)\n(0|[1-9][0-9]{0,17})\n([^\n]+)\n");

    public Checkpoint {
        if (!KeyName.isValid(origin)) {
            throw new MalformedNoteException(
                    "A log's origin is not empty and has no space, plus sign or control character.");
        }
        if (size < 0) {
            throw new MalformedNoteException("A log does not have " + size + " entries.");
        }
        if (size == 0 && !root.equals(Hash.EMPTY_TREE)) {
            throw new MalformedNoteException("A log without entries has the root of the empty tree.");
        }
    }

    public static Checkpoint parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new MalformedNoteException("A checkpoint is three lines: origin, size, root in base64.");
        }
        byte[] root = CanonicalBase64.decode(form.group(3));
        if (root.length != Hash.LENGTH) {
            throw new MalformedNoteException("A checkpoint's root has " + Hash.LENGTH + " bytes.");
        }
        return new Checkpoint(form.group(1), Long.parseLong(form.group(2)), Hash.of(root));
    }

    /** The text that is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }
}
