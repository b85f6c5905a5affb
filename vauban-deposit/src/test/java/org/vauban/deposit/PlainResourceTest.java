package org.vauban.deposit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short way and the parser write the same. Each line is split twice: as it is, and with an escape in an element that does not
 * pass, because of which only the parser reads it.
 */
class PlainResourceTest {
    private static final int LINES = 4000;
    private static final Pattern RECORD = Pattern.compile("(?<=[\"/])\\d{10,19}(?=\")");
    private static final List<String> NAMES = List.of(
            "id",
            "status",
            "code",
            "subject",
            "encounter",
            "category",
            "effectiveDateTime",
            "valueQuantity",
            "issued",
            "unknown",
            "note",
            "performer",
            "component");
    private static final List<String> INSIDE =
            List.of("coding", "system", "code", "display", "reference", "value", "unit", "unknown");
    private static final List<String> VALUES = List.of(
            "\"1\"",
            "\"final\"",
            "\"2019-03-01\"",
            "\"2019-03-01T10:00:00+01:00\"",
            "\"Patient/7\"",
            "\"Patient/7?x\"",
            "\"Patient/7/_history/1\"",
            "\"Group/8\"",
            "\"#a\"",
            "\"/9\"",
            "\"http://loinc.org\"",
            "\"un mot\"",
            "\"\"",
            "\"a/b\"",
            "\"H\u00e9moglobine\"",
            "\"\\u00e9\\n\"",
            "\"DEQP003\"",
            "0",
            "-1.50",
            "1e3",
            "12345678901234",
            "007",
            "1.",
            "true",
            "false",
            "null",
            "nul",
            "{}",
            "[]",
            "[null]",
            "[,]",
            "{\"a\":1,}");

    private final Random random = new Random(20261122);

    @TempDir
    Path folder = Path.of("");

    @Test
    void theShortWayWritesWhatTheParserWrites() {
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < LINES; line++) {
            lines.add(line());
        }
        SmallProducer plain = hospital("plain", lines);
        SmallProducer parsed = hospital(
                "parsed",
                lines.stream()
                        .map(line -> line.replaceFirst("\\{", "{\"unknown\":\"\\\\u0041\","))
                        .toList());

        SplitReport short_ = plain.split();
        SplitReport long_ = parsed.split();

        assertThat(short_.rows()).isEqualTo(long_.rows()).isBetween(LINES / 4L, (long) LINES);
        assertThat(short_.rejected()).isEqualTo(long_.rejected()).isPositive();
        assertThat(observations(plain)).isEqualTo(observations(parsed));
    }

    private SmallProducer hospital(String name, List<String> lines) {
        return SmallProducer.hospital(folder.resolve(name))
                .write("Observation.ndjson", String.join("\n", lines) + "\n");
    }

    /** Record numbers are random: they are called by the order in which they come. */
    private static List<String> observations(SmallProducer hospital) {
        Map<String, String> order = new HashMap<>();
        return hospital.health
                .table(hospital.spool, "Observation")
                .lines()
                .map(line -> RECORD.matcher(line)
                        .replaceAll((MatchResult found) ->
                                order.computeIfAbsent(found.group(), _ -> "record-" + order.size())))
                .toList();
    }

    private String line() {
        String head = "{\"resourceType\":\"Observation\",\"id\":\"" + random.nextInt(50) + "\"";
        String line = random.ints(random.nextInt(6), 0, NAMES.size())
                .mapToObj(name -> "," + space() + '"' + NAMES.get(name) + "\":" + space() + value(0))
                .collect(Collectors.joining("", head, "}"));
        return random.nextInt(20) == 0 ? line.substring(0, 1 + random.nextInt(line.length() - 1)) : line;
    }

    private String value(int depth) {
        return switch (depth > 3 ? 0 : random.nextInt(3)) {
            case 1 ->
                random.ints(1 + random.nextInt(2), 0, INSIDE.size())
                        .mapToObj(name -> '"' + INSIDE.get(name) + "\":" + value(depth + 1))
                        .collect(Collectors.joining("," + space(), "{", space() + "}"));
            case 2 ->
                random.ints(random.nextInt(3), 0, 2)
                        .mapToObj(_ -> value(depth + 1))
                        .collect(Collectors.joining(space() + ",", "[" + space(), "]"));
            default -> {
                // Most are well formed, or hardly a line would be.
                int well = 21;
                yield VALUES.get(random.nextInt(random.nextInt(30) == 0 ? VALUES.size() : well));
            }
        };
    }

    private String space() {
        return random.nextInt(10) == 0 ? " " : "";
    }
}
