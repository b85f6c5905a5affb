package org.vauban.attack.canary;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ways in which programs write a word. */
enum TextEncoding {
    UTF_8("UTF-8", TextEncoding::utf8),
    UTF_16LE("UTF-16, little end first", word -> word.getBytes(StandardCharsets.UTF_16LE)),
    UTF_16BE("UTF-16, big end first", word -> word.getBytes(StandardCharsets.UTF_16BE)),
    UTF_32LE("UTF-32, little end first", word -> word.getBytes(StandardCharsets.UTF_32LE)),
    UTF_32BE("UTF-32, big end first", word -> word.getBytes(StandardCharsets.UTF_32BE)),
    LATIN_1("Latin-1", word -> word.getBytes(StandardCharsets.ISO_8859_1)),
    DOS("code page 850", word -> word.getBytes(Charset.forName("IBM850"))),
    MAC("Mac Roman", word -> word.getBytes(Charset.forName("x-MacRoman"))),
    EBCDIC("EBCDIC, French", word -> word.getBytes(Charset.forName("IBM297"))),
    DECOMPOSED("UTF-8, accents apart", word -> utf8(Normalizer.normalize(word, Normalizer.Form.NFD))),
    TWICE("UTF-8 twice", word -> utf8(new String(utf8(word), StandardCharsets.ISO_8859_1))),
    UPPER("upper case", word -> utf8(word.toUpperCase(Locale.ROOT))),
    LOWER("lower case", word -> utf8(word.toLowerCase(Locale.ROOT))),
    UPPER_16("upper case, UTF-16", word -> word.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_16LE)),
    UPPER_LATIN_1("upper case, Latin-1", word -> word.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1)),
    PLAIN("without accents", word -> utf8(plain(word))),
    PLAIN_UPPER("without accents, upper case", word -> utf8(plain(word).toUpperCase(Locale.ROOT))),
    PLAIN_LOWER("without accents, lower case", word -> utf8(plain(word).toLowerCase(Locale.ROOT))),
    LETTERS(
            "letters and digits alone, upper case",
            word -> utf8(plain(word).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", ""))),
    BASE64_0("base64, offset 0", word -> base64(utf8(word), 0, Base64.getEncoder())),
    BASE64_1("base64, offset 1", word -> base64(utf8(word), 1, Base64.getEncoder())),
    BASE64_2("base64, offset 2", word -> base64(utf8(word), 2, Base64.getEncoder())),
    BASE64_URL_0("base64 for addresses, offset 0", word -> base64(utf8(word), 0, Base64.getUrlEncoder())),
    BASE64_URL_1("base64 for addresses, offset 1", word -> base64(utf8(word), 1, Base64.getUrlEncoder())),
    BASE64_URL_2("base64 for addresses, offset 2", word -> base64(utf8(word), 2, Base64.getUrlEncoder())),
    BASE64_16("base64 of UTF-16", word -> base64(word.getBytes(StandardCharsets.UTF_16LE), 0, Base64.getEncoder())),
    HEX("hexadecimal", word -> ascii(HexFormat.of().formatHex(utf8(word)))),
    HEX_UPPER(
            "hexadecimal, upper case",
            word -> ascii(HexFormat.of().withUpperCase().formatHex(utf8(word)))),
    HEX_SPACED(
            "hexadecimal with spaces", word -> ascii(HexFormat.ofDelimiter(" ").formatHex(utf8(word)))),
    PERCENT("address, %20", word -> ascii(percent(word).replace("+", "%20"))),
    FORM("form, +", word -> ascii(percent(word))),
    PERCENT_ALL("address, every letter", word -> escaped(utf8(word), "%%%02X")),
    QUOTED_PRINTABLE(
            "quoted-printable", word -> ascii(percent(word).replace("+", " ").replace('%', '='))),
    JSON_ASCII("JSON, other than ASCII escaped", word -> escaped(word, "\\u%04x", 128)),
    JSON_ALL("JSON, every letter escaped", word -> escaped(word, "\\u%04x", 0)),
    XML_DECIMAL("XML, decimal", word -> escaped(word, "&#%d;", 128)),
    XML_HEX("XML, hexadecimal", word -> escaped(word, "&#x%X;", 128)),
    ESCAPED("escaped bytes", word -> escaped(utf8(word), "\\x%02x")),
    BACKWARDS("backwards", word -> utf8(new StringBuilder(word).reverse().toString())),
    INVERTED("all bits turned", word -> inverted(utf8(word))),
    ROTATED("letters moved by thirteen", word -> utf8(rotated(word)));

    private final String words;
    private final Function<String, byte[]> writer;

    TextEncoding(String words, Function<String, byte[]> writer) {
        this.words = words;
        this.writer = writer;
    }

    /** Its name for people. */
    String words() {
        return words;
    }

    byte[] bytes(String word) {
        return writer.apply(word);
    }

    /** Base64 of bytes that stand at this offset of a group of three, without the letters that their neighbours change. */
    static byte[] base64(byte[] bytes, int offset, Base64.Encoder encoder) {
        byte[] moved = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, moved, offset, bytes.length);
        String letters = encoder.withoutPadding().encodeToString(moved);
        int first = offset == 0 ? 0 : offset + 1;
        int last = moved.length % 3 == 0 ? letters.length() : letters.length() - 1;
        return ascii(letters.substring(first, last));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String percent(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8);
    }

    private static String plain(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }

    private static byte[] escaped(byte[] bytes, String pattern) {
        var text = new StringBuilder();
        for (byte one : bytes) {
            text.append(String.format(Locale.ROOT, pattern, one & 0xff));
        }
        return ascii(text.toString());
    }

    private static byte[] escaped(String word, String pattern, int from) {
        return utf8(word.chars()
                .mapToObj(letter ->
                        letter < from ? String.valueOf((char) letter) : String.format(Locale.ROOT, pattern, letter))
                .collect(Collectors.joining()));
    }

    private static byte[] inverted(byte[] bytes) {
        byte[] turned = Arrays.copyOf(bytes, bytes.length);
        for (int at = 0; at < turned.length; at++) {
            turned[at] ^= (byte) 0xff;
        }
        return turned;
    }

    private static String rotated(String word) {
        var turned = new StringBuilder();
        for (char letter : word.toCharArray()) {
            char base = letter >= 'a' && letter <= 'z' ? 'a' : letter >= 'A' && letter <= 'Z' ? 'A' : 0;
            turned.append(base == 0 ? letter : (char) (base + (letter - base + 13) % 26));
        }
        return turned.toString();
    }
}
