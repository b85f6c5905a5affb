package org.vauban.synth;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The little JSON that this module needs: what {@code truth.json} holds, and what the program answers. Objects are maps,
 * arrays are lists, numbers read are {@link BigDecimal}.
 */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** A number with six decimals at most, without trailing zeros; {@code null} in JSON when it is not finite. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    static String write(Object value) {
        StringBuilder written = new StringBuilder();
        write(value, "", written);
        return written.append('\n').toString();
    }

    private static void write(@Nullable Object value, String indent, StringBuilder written) {
        switch (value) {
            case null -> written.append("null");
            case Double it -> written.append(number(it));
            case Number it -> written.append(it);
            case Boolean it -> written.append(it);
            case Map<?, ?> object -> {
                String separator = "{\n";
                for (Map.Entry<?, ?> field : object.entrySet()) {
                    written.append(separator).append(indent).append("  ");
                    quote(String.valueOf(field.getKey()), written);
                    written.append(": ");
                    write(field.getValue(), indent + "  ", written);
                    separator = ",\n";
                }
                written.append(object.isEmpty() ? "{}" : "\n" + indent + "}");
            }
            case List<?> array -> {
                String separator = "[\n";
                for (Object element : array) {
                    written.append(separator).append(indent).append("  ");
                    write(element, indent + "  ", written);
                    separator = ",\n";
                }
                written.append(array.isEmpty() ? "[]" : "\n" + indent + "]");
            }
            default -> quote(value.toString(), written);
        }
    }

    private static void quote(String value, StringBuilder written) {
        written.append('"');
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            switch (character) {
                case '"' -> written.append("\\\"");
                case '\\' -> written.append("\\\\");
                case '\n' -> written.append("\\n");
                default -> {
                    if (character < ' ') {
                        written.append("\\u%04x".formatted((int) character));
                    } else {
                        written.append(character);
                    }
                }
            }
        }
        written.append('"');
    }

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException when it is no JSON, with the position
     */
    static @Nullable Object read(String text) {
        Json reader = new Json(text);
        Object value = reader.value();
        reader.skipSpace();
        if (reader.at != text.length()) {
            throw reader.wrong("the end of the document");
        }
        return value;
    }

    private @Nullable Object value() {
        skipSpace();
        if (at == text.length()) {
            throw wrong("a value");
        }
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        at++;
        if (next('}')) {
            return object;
        }
        do {
            skipSpace();
            String name = string();
            require(':');
            object.put(name, value());
        } while (next(','));
        require('}');
        return object;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> array = new ArrayList<>();
        at++;
        if (next(']')) {
            return array;
        }
        do {
            array.add(value());
        } while (next(','));
        require(']');
        return array;
    }

    private String string() {
        require('"');
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char character = text.charAt(at++);
            value.append(character == '\\' ? escaped() : character);
        }
        require('"');
        return value.toString();
    }

    private char escaped() {
        if (at == text.length()) {
            throw wrong("an escaped character");
        }
        char kind = text.charAt(at++);
        return switch (kind) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw wrong("four hexadecimal digits");
                }
                char character = (char) Integer.parseInt(text, at, at + 4, 16);
                at += 4;
                yield character;
            }
            default -> kind;
        };
    }

    private BigDecimal number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return new BigDecimal(text.substring(from, at));
        } catch (NumberFormatException e) {
            at = from;
            throw wrong("a value");
        }
    }

    private @Nullable Object word(String word, @Nullable Object meaning) {
        if (!text.startsWith(word, at)) {
            throw wrong(word);
        }
        at += word.length();
        return meaning;
    }

    private boolean next(char expected) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char expected) {
        if (!next(expected)) {
            throw wrong("'" + expected + "'");
        }
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("at character " + (at + 1) + ": expected " + expected);
    }
}
