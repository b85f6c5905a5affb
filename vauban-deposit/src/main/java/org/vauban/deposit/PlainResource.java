package org.vauban.deposit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Copies a resource byte by byte when nothing in its line is out of the ordinary, which is most of a hospital's lines. It decides
 * nothing: at the first sign it has not seen pass before (a value that the detector has not read, an escape, a letter with an accent, a
 * fault) it gives the line back, and {@link FhirSplitter} reads it with a whole parser. What it copies is what that would have written.
 *
 * <p>For one thread and one file.
 */
final class PlainResource {
    private static final int NESTING_MAX = 50;
    private static final int NUMBER_LENGTH_MAX = 12;
    private static final int TYPES_MAX = 64;
    private static final int TYPE_LENGTH_MAX = 40;
    private static final NotPlain NOT_PLAIN = new NotPlain();

    private final PlainElement root;
    private final byte[] resourceType;
    private final RecordNumbers numbers;
    private final Remembered codes;
    private final Remembered terms;
    private final List<RecordNumbers.Type> types = new ArrayList<>();

    private byte[] bytes = {};
    private int at;
    private int end;
    private Bytes out = new Bytes();
    private boolean hasId;

    /** The way back to the caller; it has no stack, because it is thrown for each line that is not plain. */
    private static final class NotPlain extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        NotPlain() {
            super("not plain", null, false, false);
        }
    }

    /**
     * For the resources of one file.
     *
     * @param codes that the detector let pass, read as codes
     * @param terms that it let pass, read as terms
     */
    PlainResource(FhirElement root, RecordNumbers numbers, Remembered codes, Remembered terms) {
        this.root = PlainElement.of(root);
        this.resourceType = root.target().getBytes(StandardCharsets.UTF_8);
        this.numbers = numbers;
        this.codes = codes;
        this.terms = terms;
    }

    /** Whether the line was copied; if not, what stands in {@code row} means nothing. */
    boolean isCopied(byte[] line, int from, int to, Bytes row) {
        bytes = line;
        at = from;
        end = to;
        out = row;
        out.clear();
        hasId = false;
        try {
            expect('{');
            object(root, 0);
            return hasId;
        } catch (NotPlain _) {
            return false;
        }
    }

    /** Copies an object whose brace was read. */
    private void object(PlainElement element, int depth) {
        out.add('{');
        boolean isFirst = true;
        if (depth > NESTING_MAX) {
            throw NOT_PLAIN;
        }
        for (byte sign = next(); sign != '}'; sign = next()) {
            if (sign != '"') {
                throw NOT_PLAIN;
            }
            int name = at;
            string();
            PlainElement inside = element.find(bytes, name, at - 1);
            int nameEnd = at;
            expect(':');
            if (inside == null) {
                skip(next(), depth);
            } else {
                int before = out.length;
                if (!isFirst) {
                    out.add(',');
                }
                out.add(bytes, name - 1, nameEnd);
                out.add(':');
                if (value(next(), inside, depth + 1)) {
                    isFirst = false;
                } else {
                    out.length = before;
                }
            }
            if (isLast('}')) {
                break;
            }
        }
        out.add('}');
    }

    /** Copies a value whose first sign was read; false when nothing of it passes. */
    private boolean value(byte sign, PlainElement element, int depth) {
        if (element.leaf == FhirElement.Leaf.DEPARTMENT) {
            throw NOT_PLAIN;
        }
        switch (sign) {
            case '{' -> {
                if (element.isEmpty) {
                    skip(sign, depth);
                    return false;
                }
                object(element, depth);
                return true;
            }
            case '[' -> {
                array(element, depth);
                return true;
            }
            case '"' -> {
                int from = at;
                string();
                return text(from, at - 1, element);
            }
            default -> {
                int from = at - 1;
                skip(sign, depth);
                if (element.leaf != FhirElement.Leaf.CODE || sign == 'n') {
                    return false;
                }
                out.add(bytes, from, at);
                return true;
            }
        }
    }

    private void array(PlainElement element, int depth) {
        out.add('[');
        boolean isFirst = true;
        for (byte sign = next(); sign != ']'; sign = next()) {
            int before = out.length;
            if (!isFirst) {
                out.add(',');
            }
            if (depth > NESTING_MAX) {
                throw NOT_PLAIN;
            }
            if (value(sign, element, depth + 1)) {
                isFirst = false;
            } else {
                out.length = before;
            }
            if (isLast(']')) {
                break;
            }
        }
        out.add(']');
    }

    private boolean text(int from, int to, PlainElement element) {
        switch (element.leaf) {
            case ID -> {
                hasId = true;
                out.add('"');
                numbers.write(element.type, bytes, from, to, out);
                out.add('"');
            }
            case REFERENCE -> reference(from, to);
            case CODE -> {
                if (element.isResourceType && !Arrays.equals(resourceType, 0, resourceType.length, bytes, from, to)) {
                    throw NOT_PLAIN;
                }
                passed(from, to, codes);
            }
            case TERM -> passed(from, to, terms);
            case NONE -> {
                return false;
            }
            case TEXT, DEPARTMENT -> throw NOT_PLAIN;
        }
        return true;
    }

    private void passed(int from, int to, Remembered harmless) {
        if (!harmless.isHarmlessCode(bytes, from, to)) {
            throw NOT_PLAIN;
        }
        out.add(bytes, from - 1, to + 1);
    }

    /** {@code Patient/1}: letters, one stroke, an id. Every other way to point somewhere is the parser's. */
    private void reference(int from, int to) {
        int stroke = from;
        while (stroke < to && isLetter(bytes[stroke])) {
            stroke++;
        }
        if (stroke == from || stroke - from > TYPE_LENGTH_MAX || stroke + 1 >= to || bytes[stroke] != '/') {
            throw NOT_PLAIN;
        }
        for (int index = stroke + 1; index < to; index++) {
            if (bytes[index] == '/' || bytes[index] == '?') {
                throw NOT_PLAIN;
            }
        }
        out.add(bytes, from - 1, stroke + 1);
        numbers.write(type(from, stroke), bytes, stroke + 1, to, out);
        out.add('"');
    }

    private static boolean isLetter(byte sign) {
        return sign >= 'a' && sign <= 'z' || sign >= 'A' && sign <= 'Z';
    }

    private RecordNumbers.Type type(int from, int to) {
        for (RecordNumbers.Type type : types) {
            // The last byte of the prefix is a bar.
            if (Arrays.equals(type.prefix(), 0, type.prefix().length - 1, bytes, from, to)) {
                return type;
            }
        }
        if (types.size() == TYPES_MAX) {
            throw NOT_PLAIN;
        }
        var type = RecordNumbers.Type.of(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
        types.add(type);
        return type;
    }

    /** Reads over a value whose first sign was read. */
    private void skip(byte sign, int depth) {
        switch (sign) {
            case '{' -> {
                for (byte inside = next(); inside != '}'; inside = next()) {
                    if (inside != '"' || depth > NESTING_MAX) {
                        throw NOT_PLAIN;
                    }
                    string();
                    expect(':');
                    skip(next(), depth + 1);
                    if (isLast('}')) {
                        return;
                    }
                }
            }
            case '[' -> {
                for (byte inside = next(); inside != ']'; inside = next()) {
                    if (depth > NESTING_MAX) {
                        throw NOT_PLAIN;
                    }
                    skip(inside, depth + 1);
                    if (isLast(']')) {
                        return;
                    }
                }
            }
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    /** Whether the closing sign stands here; if not, a comma and another value must. */
    private boolean isLast(char closing) {
        byte sign = next();
        if (sign == closing) {
            return true;
        }
        if (sign != ',') {
            throw NOT_PLAIN;
        }
        byte following = next();
        at--;
        if (following == closing) {
            throw NOT_PLAIN;
        }
        return false;
    }

    /** Reads to the end of a text whose first quote was read. */
    private void string() {
        while (at < end) {
            byte sign = bytes[at++];
            if (sign == '"') {
                return;
            }
            // Signs under a space are no JSON; letters with accents are negative bytes.
            if (sign < ' ' || sign == '\\') {
                throw NOT_PLAIN;
            }
        }
        throw NOT_PLAIN;
    }

    private void word(String word) {
        for (int index = 1; index < word.length(); index++) {
            if (at >= end || bytes[at++] != word.charAt(index)) {
                throw NOT_PLAIN;
            }
        }
    }

    /** A number with or without a fraction, too short for one of social security; the first sign was read. */
    private void number() {
        int from = at - 1;
        int digits = bytes[from] == '-' ? from + 1 : from;
        at = digits;
        digits();
        if (at - digits > 1 && bytes[digits] == '0') {
            throw NOT_PLAIN;
        }
        if (at < end && bytes[at] == '.') {
            at++;
            digits();
        }
        if (at - from > NUMBER_LENGTH_MAX) {
            throw NOT_PLAIN;
        }
    }

    private void digits() {
        int from = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw NOT_PLAIN;
        }
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw NOT_PLAIN;
        }
    }

    /** The next sign that is no space. */
    private byte next() {
        while (at < end) {
            byte sign = bytes[at++];
            if (sign != ' ' && sign != '\t' && sign != '\r' && sign != '\n') {
                return sign;
            }
        }
        throw NOT_PLAIN;
    }
}
