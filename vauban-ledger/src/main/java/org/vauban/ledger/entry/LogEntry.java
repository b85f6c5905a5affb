package org.vauban.ledger.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.vauban.ledger.tree.Hash;

/**
 * One entry of the ledger: a header that everybody may read, and a commitment to a body that only some may, and that can be
 * erased.
 *
 * <p>Its text has one field a line, in a fixed order, and fields that are absent are left out:
 *
 * <pre>
 * vauban-entry 1
 * time 2026-11-21T08:15:30.123Z
 * act study.run
 * phase concluded
 * begun 41
 * result cleared
 * actor a-5d41402abc4b2a76
 * object study/12
 * permit p-2026-007
 * purpose pharmacovigilance
 * inputs 3 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7
 * commitment 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
 * </pre>
 *
 * @param header what is public
 * @param commitment to what is not
 */
public record LogEntry(Header header, Commitment commitment) {

    private static final String FIRST_LINE = "vauban-entry 1";
    private static final int TIME_LENGTH = "2026-11-21T08:15:30.123Z".length();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The one way to write this entry. */
    public byte[] encode() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        line(text, "time", TIME.format(header.time()));
        line(text, "act", header.act());
        switch (header.phase()) {
            case Phase.Begun() -> line(text, "phase", "begun");
            case Phase.Concluded(long begun, String result) -> {
                line(text, "phase", "concluded");
                line(text, "begun", Long.toString(begun));
                line(text, "result", result);
            }
            case Phase.Entered(String result) -> {
                line(text, "phase", "entered");
                line(text, "result", result);
            }
        }
        line(text, "actor", header.actor());
        header.object().ifPresent(object -> line(text, "object", object));
        header.permit().ifPresent(permit -> line(text, "permit", permit));
        header.purpose().ifPresent(purpose -> line(text, "purpose", purpose));
        header.inputs()
                .ifPresent(inputs -> line(
                        text, "inputs", inputs.count() + " " + inputs.root().hex()));
        line(text, "commitment", commitment.hex());
        return text.toString().getBytes(UTF_8);
    }

    /** Reads what {@link #encode} wrote and nothing else: a second spelling of the same entry is refused. */
    public static LogEntry parse(byte[] bytes) {
        LogEntry entry;
        try {
            entry = new Lines(new String(bytes, UTF_8)).entry();
        } catch (MalformedEntryException e) {
            throw e;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedEntryException("A field of the entry has a value that no entry can have.", e);
        }
        if (!Arrays.equals(entry.encode(), bytes)) {
            throw new MalformedEntryException("The entry is not written in its canonical form.");
        }
        return entry;
    }

    private static void line(StringBuilder text, String field, String value) {
        text.append(field).append(' ').append(value).append('\n');
    }

    /** Reads the lines one by one, in the order of the format. */
    private static final class Lines {

        private final String text;
        private int position;

        Lines(String text) {
            this.text = text;
        }

        LogEntry entry() {
            if (!text.startsWith(FIRST_LINE + "\n")) {
                throw new MalformedEntryException("An entry of this version begins with: " + FIRST_LINE + ".");
            }
            position = FIRST_LINE.length() + 1;
            Header header = new Header(
                    time(next("time")),
                    next("act"),
                    phase(),
                    next("actor"),
                    nextIfThere("object"),
                    nextIfThere("permit"),
                    nextIfThere("purpose"),
                    nextIfThere("inputs").map(Lines::inputs));
            return new LogEntry(header, new Commitment(next("commitment")));
        }

        private Phase phase() {
            return switch (next("phase")) {
                case "begun" -> new Phase.Begun();
                case "concluded" -> new Phase.Concluded(Long.parseLong(next("begun")), next("result"));
                case "entered" -> new Phase.Entered(next("result"));
                default -> throw new MalformedEntryException("An act is begun, concluded or entered.");
            };
        }

        /** Takes the digits from their places; what stands between them is checked when the entry is written back. */
        private static Instant time(String value) {
            if (value.length() != TIME_LENGTH) {
                throw new MalformedEntryException("A time has " + TIME_LENGTH + " characters.");
            }
            return LocalDateTime.of(
                            number(value, 0, 4),
                            number(value, 5, 7),
                            number(value, 8, 10),
                            number(value, 11, 13),
                            number(value, 14, 16),
                            number(value, 17, 19))
                    .toInstant(ZoneOffset.UTC)
                    .plusMillis(number(value, 20, 23));
        }

        private static int number(String value, int start, int end) {
            return Integer.parseInt(value, start, end, 10);
        }

        private static Inputs inputs(String value) {
            int space = value.indexOf(' ');
            if (space < 0) {
                throw new MalformedEntryException("Inputs are a count and a root.");
            }
            return new Inputs(Long.parseLong(value.substring(0, space)), Hash.ofHex(value.substring(space + 1)));
        }

        private String next(String field) {
            return nextIfThere(field)
                    .orElseThrow(() -> new MalformedEntryException("The entry lacks its field: " + field + "."));
        }

        private Optional<String> nextIfThere(String field) {
            int valueStart = position + field.length() + 1;
            int lineEnd = text.indexOf('\n', position);
            if (lineEnd < valueStart || !text.startsWith(field, position) || text.charAt(valueStart - 1) != ' ') {
                return Optional.empty();
            }
            position = lineEnd + 1;
            return Optional.of(text.substring(valueStart, lineEnd));
        }
    }
}
