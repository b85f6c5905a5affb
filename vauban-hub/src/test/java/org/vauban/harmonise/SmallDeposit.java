package org.vauban.harmonise;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;
import org.vauban.ingest.IngestReport;
import org.vauban.ingest.PersonDirectory;
import org.vauban.ingest.Rejects;
import org.vauban.vault.TestKeys;

/**
 * Writes small tables of the SNDS by hand and looks at what becomes of them. A row is written with spaces between its fields, {@code -}
 * for nothing, and {@code claim} for the nine keys of a claim.
 */
final class SmallDeposit implements AutoCloseable {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T02:00:00Z"), ZoneOffset.UTC);

    private final Path folder;
    private final List<DepositedTable> parts = new ArrayList<>();
    private final Map<String, Long> persons = new HashMap<>();
    private final MemoryFile input = MemoryFile.create();
    private final DuckSession session = DuckSession.open(new DuckSession.Limits(1, 1L << 30), List.of(input.path()));
    private List<IngestReport.Attrition> attrition = List.of();

    SmallDeposit(Path folder) {
        this.folder = folder;
    }

    /** A record of the insurer and its person: pseudo-NIR, rank and person. */
    SmallDeposit knows(String psa, String rank, long person) {
        persons.put(psa + '|' + rank, person);
        return this;
    }

    /** A record of a hospital and its person. */
    SmallDeposit knows(String record, long person) {
        persons.put(record, person);
        return this;
    }

    SmallDeposit table(String name, String header, String... rows) {
        String text = Stream.concat(Stream.of(header), Arrays.stream(rows))
                .map(row -> line(row.strip().split("\\s+"), header.strip().split("\\s+"), row.equals(header)))
                .collect(Collectors.joining("\n", "", "\n"));
        return csv(name, ';', text);
    }

    SmallDeposit csv(String name, char delimiter, String text) {
        return part(DepositedTable.Kind.SNDS, "insurer", name, delimiter, text);
    }

    SmallDeposit ndjson(String resource, String... lines) {
        return part(DepositedTable.Kind.FHIR, "hospital", resource, ',', String.join("\n", lines));
    }

    private SmallDeposit part(DepositedTable.Kind kind, String producer, String name, char delimiter, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        parts.add(new DepositedTable(
                producer + "-deposit", producer, kind, name, delimiter, 0, () -> new ByteArrayInputStream(bytes)));
        return this;
    }

    private static String line(String[] fields, String[] header, boolean isHeader) {
        List<String> written = new ArrayList<>();
        for (int index = 0; index < fields.length; index++) {
            if (header[index].equals("claim")) {
                String claim = fields[index];
                ClaimRules.NINE_KEYS.forEach(key -> written.add(isHeader ? key : nineKey(key, claim)));
            } else {
                written.add(fields[index].equals("-") ? "" : fields[index]);
            }
        }
        return String.join(";", written);
    }

    /** Nine keys of one claim; {@code 7@2015-03-01} is claim 7 in the flow of March 2015. */
    private static String nineKey(String key, String claim) {
        String[] numberAndFlow = claim.split("@");
        return switch (key) {
            case "FLX_DIS_DTD" -> numberAndFlow.length > 1 ? numberAndFlow[1] : "2015-02-01";
            case "DCT_ORD_NUM" -> numberAndFlow[0];
            default -> "1";
        };
    }

    /** Everything at once, and nothing on disk. */
    static WaitingRows inOnePass() {
        return new WaitingRows(new Passes(1, 1), 0, () -> {
            throw new AssertionError("One pass needs no disk");
        });
    }

    /** Applies the rules, but for those that are off. */
    SmallDeposit ruled(BusinessRule... off) {
        return through(workshop -> workshop.sumRegularisations(), off);
    }

    /** Goes on to the tables of OMOP. */
    SmallDeposit mapped(BusinessRule... off) {
        return through(
                workshop -> {
                    workshop.number(ids -> PersonDirectory.ofNewEdition(ids, new TestKeys(), 1));
                    workshop.makeVocabulary(CLOCK);
                    workshop.makeTables(0);
                },
                off);
    }

    private SmallDeposit through(Consumer<Workshop> rest, BusinessRule... off) {
        try (Rejects rejects = Rejects.open(folder.resolve("rejects.csv"))) {
            var workshop = new Workshop(
                    session,
                    input,
                    input,
                    (_, record) ->
                            persons.containsKey(record) ? OptionalLong.of(persons.get(record)) : OptionalLong.empty(),
                    Set.of(off),
                    rejects,
                    inOnePass());
            workshop.readPersons(parts);
            workshop.readEvents(parts);
            workshop.join();
            rest.accept(workshop);
            attrition = workshop.attrition();
            return this;
        }
    }

    /** What a rule did: rows in, rows out, dropped, merged, counted. */
    List<Long> line(BusinessRule rule) {
        IngestReport.Attrition line = attrition.stream()
                .filter(each -> each.rule().equals(rule.ruleName()))
                .findFirst()
                .orElseThrow();
        return List.of(line.rowsIn(), line.rowsOut(), line.dropped(), line.merged(), line.counted());
    }

    long number(String sql) {
        return session.number(sql);
    }

    /** The rows of a query, each as its fields joined with spaces. */
    List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        session.rows(sql, row -> {
            List<String> fields = new ArrayList<>();
            for (int field = 1; field <= row.getMetaData().getColumnCount(); field++) {
                String text = row.getString(field);
                fields.add(text == null ? "-" : text);
            }
            rows.add(String.join(" ", fields));
        });
        return rows;
    }

    @Override
    public void close() {
        session.close();
        input.close();
    }
}
