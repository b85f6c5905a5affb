package org.vauban.attack.canary;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * All ways in which a person's values are sought. Words go through {@link TextEncoding}; a NIR is also sought as a number and by its
 * digests; a measured value as a number; the days as a run.
 */
final class Forms {
    private static final HexFormat HEX = HexFormat.of();
    private static final List<String> DIGESTS = List.of("MD5", "SHA-1", "SHA-256", "SHA-512", "SHA3-256");
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.ISO_LOCAL_DATE,
            DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT),
            DateTimeFormatter.BASIC_ISO_DATE);
    private static final List<String> DATE_NAMES = List.of("days, ISO", "days, French", "days, compact");

    private final List<Form> forms = new ArrayList<>();

    private Forms() {}

    /** Everything that tells who the person is. */
    static List<Form> ofIdentity(Canary person) {
        var forms = new Forms();
        person.identityWords().forEach(forms::word);
        forms.number("nir", person.nir());
        forms.number("nir and key", person.nirAndKey());
        forms.digests("nir", person.nir());
        forms.digests("nir and key", person.nirAndKey());
        return forms.distinct();
    }

    /** Everything that tells what the person has. */
    static List<Form> ofHealth(Canary person) {
        var forms = new Forms();
        person.healthWords().forEach(forms::word);
        String decimal = Double.toString(person.measured());
        forms.add("measured value", "decimal", decimal.getBytes(StandardCharsets.UTF_8));
        forms.add("measured value", "decimal comma", decimal.replace('.', ',').getBytes(StandardCharsets.UTF_8));
        forms.add("measured value", "decimal, UTF-16LE", decimal.getBytes(StandardCharsets.UTF_16LE));
        forms.both("measured value", "float64", Double.doubleToLongBits(person.measured()), Long.BYTES);
        forms.days(person.days());
        return forms.distinct();
    }

    /** A key: raw, backwards, as text, and what AES makes of it before it is used. */
    static List<Form> ofKey(String name, byte[] key) {
        var forms = new Forms();
        forms.add(name, "key, raw", key);
        forms.add(name, "key, backwards", Numbers.backwards(key));
        forms.add(name, "key, hexadecimal", ascii(HEX.formatHex(key)));
        forms.add(
                name, "key, hexadecimal, upper case", ascii(HEX.withUpperCase().formatHex(key)));
        for (int offset = 0; offset < 3; offset++) {
            forms.add(name, "key, base64, offset " + offset, TextEncoding.base64(key, offset, Base64.getEncoder()));
            forms.add(
                    name,
                    "key, base64 for addresses, offset " + offset,
                    TextEncoding.base64(key, offset, Base64.getUrlEncoder()));
        }
        if (key.length == KeySchedule.KEY_BYTES) {
            byte[] schedule = KeySchedule.of(key);
            forms.add(name, "key, AES-256 schedule", Arrays.copyOfRange(schedule, 32, 64));
            forms.add(
                    name,
                    "key, AES-256 schedule, words turned",
                    Arrays.copyOfRange(Numbers.wordsTurned(schedule), 0, 64));
        }
        return forms.distinct();
    }

    private void word(String value, String word) {
        for (TextEncoding encoding : TextEncoding.values()) {
            add(value, encoding.words(), encoding.bytes(word));
        }
    }

    private void number(String value, String digits) {
        long number = Long.parseLong(digits);
        both(value, "int64", number, Long.BYTES);
        both(value, "float64", Double.doubleToLongBits(number), Long.BYTES);
        add(value, "varint", Numbers.varint(number));
        add(value, "digits as bytes", Numbers.digits(digits));
        // Thirteen digits or fifteen: half a byte is always free, before them or behind.
        add(value, "BCD", Numbers.packed("0" + digits));
        add(value, "BCD, filled", Numbers.packed(digits + "F"));
        add(value, "BCD, signed", Numbers.packed(digits + "C"));
        add(value, "hexadecimal number", ascii(Long.toHexString(number)));
        add(value, "base-36 number", ascii(Long.toString(number, 36)));
        add(value, "digits in groups", ascii(groups(digits)));
    }

    /** As people write it: sex, year, month, department, commune, order, key. */
    private static String groups(String digits) {
        return digits.charAt(0) + " " + digits.substring(1, 3) + " " + digits.substring(3, 5) + " "
                + digits.substring(5, 7) + " " + digits.substring(7, 10) + " " + digits.substring(10, 13)
                + (digits.length() > 13 ? " " + digits.substring(13) : "");
    }

    private void digests(String value, String text) {
        byte[] bytes = ascii(text);
        for (String algorithm : DIGESTS) {
            byte[] digest = digest(algorithm, bytes);
            add(value, algorithm, digest);
            add(value, algorithm + ", hexadecimal", ascii(HEX.formatHex(digest)));
            add(
                    value,
                    algorithm + ", hexadecimal, upper case",
                    ascii(HEX.withUpperCase().formatHex(digest)));
            add(
                    value,
                    algorithm + ", base64",
                    ascii(Base64.getEncoder().withoutPadding().encodeToString(digest)));
            add(
                    value,
                    algorithm + ", base64 for addresses",
                    ascii(Base64.getUrlEncoder().withoutPadding().encodeToString(digest)));
        }
        var crc = new CRC32();
        crc.update(bytes);
        forms.add(new Form(value, "CRC32, little end first", Numbers.little(crc.getValue(), Integer.BYTES), true));
        forms.add(new Form(value, "CRC32, big end first", Numbers.big(crc.getValue(), Integer.BYTES), true));
        forms.add(new Form(value, "CRC32, hexadecimal", ascii(HEX.toHexDigits((int) crc.getValue())), true));
    }

    private void days(List<LocalDate> days) {
        run("days, int32", days, LocalDate::toEpochDay, Integer.BYTES);
        run("days, int64", days, LocalDate::toEpochDay, Long.BYTES);
        run("days, seconds in int32", days, Forms::seconds, Integer.BYTES);
        run("days, milliseconds in int64", days, day -> seconds(day) * 1_000, Long.BYTES);
        run("days, microseconds in int64", days, day -> seconds(day) * 1_000_000, Long.BYTES);
        for (int format = 0; format < DATES.size(); format++) {
            DateTimeFormatter written = DATES.get(format);
            for (String separator : List.of("\n", ",", ";", "\t", "\",\"")) {
                String text = days.stream().map(written::format).collect(Collectors.joining(separator));
                add("days of events", DATE_NAMES.get(format), ascii(text));
            }
        }
    }

    private static long seconds(LocalDate day) {
        return day.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }

    private void run(String encoding, List<LocalDate> days, ToLongFunction<LocalDate> number, int width) {
        var little = new byte[days.size() * width];
        var big = new byte[days.size() * width];
        for (int at = 0; at < days.size(); at++) {
            long value = number.applyAsLong(days.get(at));
            System.arraycopy(Numbers.little(value, width), 0, little, at * width, width);
            System.arraycopy(Numbers.big(value, width), 0, big, at * width, width);
        }
        add("days of events", encoding + ", little end first", little);
        add("days of events", encoding + ", big end first", big);
    }

    private void both(String value, String encoding, long number, int width) {
        add(value, encoding + ", little end first", Numbers.little(number, width));
        add(value, encoding + ", big end first", Numbers.big(number, width));
    }

    private void add(String value, String encoding, byte[] bytes) {
        forms.add(Form.of(value, encoding, bytes));
    }

    /** A word without accents is the same in many encodings; it is sought once, under the first one's name. */
    private List<Form> distinct() {
        Set<String> seen = new HashSet<>();
        return forms.stream()
                .filter(form -> seen.add(form.value() + HEX.formatHex(form.bytes())))
                .toList();
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
