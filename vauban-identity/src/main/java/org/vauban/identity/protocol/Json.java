package org.vauban.identity.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the little JSON that manifests and table heads are made of (RFC 8259): objects become maps, arrays lists, numbers longs; a
 * name twice in an object, a fraction, or anything too deep is refused.
 */
public final class Json {

    private static final int DEPTH_MAX = 8;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** @throws IdentityException protocol, when the text is no such object */
    public static Map<String, Object> object(String text) {
        var json = new Json(text);
        json.blanks();
        if (!(json.value(0) instanceof Map<?, ?> object)) {
            throw json.wrong("an object");
        }
        json.blanks();
        if (json.at < text.length()) {
            throw json.wrong("the end");
        }
        Map<String, Object> named = new LinkedHashMap<>();
        object.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }

    private Object value(int depth) {
        if (depth > DEPTH_MAX) {
            throw wrong("at most " + DEPTH_MAX + " levels");
        }
        return switch (peek()) {
            case '{' -> members(depth);
            case '[' -> elements(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            default -> number();
        };
    }

    private Map<String, Object> members(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        blanks();
        while (peek() != '}') {
            if (!members.isEmpty()) {
                expect(',');
            }
            String name = string();
            blanks();
            expect(':');
            if (members.put(name, value(depth + 1)) != null) {
                throw wrong("each name once");
            }
            blanks();
        }
        at++;
        return members;
    }

    private List<Object> elements(int depth) {
        List<Object> elements = new ArrayList<>();
        at++;
        blanks();
        while (peek() != ']') {
            if (!elements.isEmpty()) {
                expect(',');
            }
            elements.add(value(depth + 1));
            blanks();
        }
        at++;
        return elements;
    }

    private String string() {
        expectHere('"');
        var string = new StringBuilder();
        while (peek() != '"') {
            char letter = text.charAt(at++);
            if (letter < ' ') {
                throw wrong("no control character in a text");
            }
            string.append(letter == '\\' ? escaped() : letter);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char letter = peek();
        at++;
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw wrong("four hexadecimal digits");
                }
                at += 4;
                try {
                    yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
                } catch (NumberFormatException e) {
                    throw wrong("four hexadecimal digits");
                }
            }
            default -> throw wrong("a known escape");
        };
    }

    private Long number() {
        int from = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        try {
            return Long.parseLong(text.substring(from, at));
        } catch (NumberFormatException e) {
            throw wrong("a whole number, a text, a list or an object");
        }
    }

    private Boolean word(String word, boolean value) {
        if (!text.startsWith(word, at)) {
            throw wrong(word);
        }
        at += word.length();
        return value;
    }

    private void expect(char letter) {
        expectHere(letter);
        blanks();
    }

    private void expectHere(char letter) {
        if (peek() != letter) {
            throw wrong(String.valueOf(letter));
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("more");
        }
        return text.charAt(at);
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IdentityException wrong(String expected) {
        return IdentityException.protocol("JSON, character " + (at + 1) + ": expected " + expected + ".");
    }
}
