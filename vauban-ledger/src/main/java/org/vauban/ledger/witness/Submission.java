package org.vauban.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.vauban.ledger.note.Note;
import org.vauban.ledger.tree.Hash;

/**
 * What a log sends a witness: from which size the witness knows it, the proof that it only grew since, and the checkpoint.
 *
 * @param oldSize the size that the witness cosigned last, as far as the sender knows
 * @param path the hashes of the consistency proof
 * @param checkpoint the note to be cosigned
 */
record Submission(long oldSize, List<Hash> path, Note checkpoint) {

    /** Room for the longest note, the longest proof, and nothing more. */
    static final int LONGEST = Note.LONGEST + 4_096;

    private static final int LONGEST_PATH = 63;
    private static final Pattern OLD = Pattern.compile("old (0|[1-9][0-9]{0,17})");
    private static final String BETWEEN = "\n\n";

    Submission {
        path = List.copyOf(path);
        if (path.size() > LONGEST_PATH) {
            throw new IllegalArgumentException("A consistency proof has at most " + LONGEST_PATH + " lines.");
        }
    }

    /** Refuses bytes that are not a submission in its one form. */
    static Submission parse(byte[] body) {
        int headEnd = endOfHead(body);
        List<String> lines = List.of(new String(body, 0, headEnd, UTF_8).split("\n", -1));
        var old = OLD.matcher(lines.getFirst());
        if (!old.matches()) {
            throw new IllegalArgumentException("The first line is: old, a space, a size in decimal.");
        }
        List<Hash> path = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            path.add(Hash.ofBase64(line));
        }
        byte[] note = Arrays.copyOfRange(body, headEnd + BETWEEN.length(), body.length);
        Submission submission = new Submission(Long.parseLong(old.group(1)), path, Note.parse(note));
        submission.head();
        return submission;
    }

    /** What the checkpoint says; refuses a note that is none. */
    TreeHead head() {
        return TreeHead.in(checkpoint);
    }

    byte[] encode() {
        StringBuilder head = new StringBuilder("old ").append(oldSize).append('\n');
        path.forEach(hash -> head.append(hash.base64()).append('\n'));
        head.append('\n');
        var body = new ByteArrayOutputStream();
        body.writeBytes(head.toString().getBytes(UTF_8));
        body.writeBytes(checkpoint.encode());
        return body.toByteArray();
    }

    /** Where the first empty line begins; the checkpoint has another one of its own. */
    private static int endOfHead(byte[] body) {
        for (int place = 0; place + 1 < body.length; place++) {
            if (body[place] == '\n' && body[place + 1] == '\n') {
                return place;
            }
        }
        throw new IllegalArgumentException("An empty line is expected before the checkpoint.");
    }
}
