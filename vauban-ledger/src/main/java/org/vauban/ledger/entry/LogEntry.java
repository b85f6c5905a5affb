package org.vauban.ledger.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
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
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

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
        header.inputs().ifPresent(inputs -> line(text, "inputs", inputs.count() + " " + inputs.root().hex()));
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

    /** The lines still to be read, taken one by one in the order of the format. */
    private static final class Lines {

        private final Deque<String> rest;

        Lines(String text) {
            rest = new ArrayDeque<>(List.of(text.split("\n")));
        }

        LogEntry entry() {
            if (!FIRST_LINE.equals(rest.poll())) {
                throw new MalformedEntryException("An entry of this version begins with: " + FIRST_LINE + ".");
            }
            Header header = new Header(
                    Instant.parse(next("time")),
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
            String line = rest.peek();
            if (line == null || !line.startsWith(field + " ")) {
                return Optional.empty();
            }
            rest.remove();
            return Optional.of(line.substring(field.length() + 1));
        }
    }
}
