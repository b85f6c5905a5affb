package org.vauban.ledger.witness;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vauban.ledger.note.Note;
import org.vauban.ledger.tree.Hash;

/**
 * What a checkpoint says, as far as a witness cares. It serves logs of others as well, so it reads what the specification allows and our
 * own checkpoints do without: lines behind the third, which are signed along and mean nothing here, and a wrong root of an empty
 * tree, which has an answer of its own.
 */
record TreeHead(String origin, long size, Hash root) {

    private static final Pattern FORM =
            Pattern.compile("([^\n]+)\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*");

    /** Refuses a note that is no checkpoint. */
    static TreeHead in(Note note) {
        Matcher form = FORM.matcher(note.text());
        if (!form.matches()) {
            throw new IllegalArgumentException("A checkpoint is an origin, a size and a root, a line each.");
        }
        return new TreeHead(form.group(1), Long.parseLong(form.group(2)), Hash.ofBase64(form.group(3)));
    }
}
