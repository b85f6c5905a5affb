package org.vauban.harmonise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.edition.Editions;
import org.vauban.ingest.IngestReport;
import org.vauban.vault.TestKeys;
import org.vauban.vault.Vault;

/**
 * A synthetic country, whose planted errors each rule must find to the row. The folder is that of {@code synth --kind france}, named by
 * the system property {@code vauban.france}; without it the test is not run.
 */
class SyntheticFranceTest {
    @TempDir
    Path folder;

    @Test
    void everyRuleFindsExactlyTheErrorsThatWerePlanted() throws IOException {
        Path france = france();
        var keys = new TestKeys();
        var editions = new Editions(Vault.open(folder.resolve("vault"), keys), keys, SmallDeposit.CLOCK);
        Harmonised harmonised = new Harmonisation(editions, keys, SmallDeposit.CLOCK)
                .prepare(parts(france), answers(france), Editions.BUCKETS_DEFAULT, folder.resolve("rejects.csv"));

        IngestReport report = harmonised.report();
        Map<String, Long> found = new TreeMap<>();
        report.attrition()
                .forEach(line -> found.merge(line.rule(), line.dropped() + line.merged() + line.counted(), Long::sum));
        report.attrition().stream()
                .filter(line -> line.rule().equals(BusinessRule.REGULARISATION.ruleName()))
                .forEach(line -> found.put(line.rule(), line.dropped()));
        Map<String, Long> planted = new TreeMap<>();
        lines(france.resolve("truth/traps.csv"))
                .skip(1)
                .forEach(line -> planted.merge(line.split(",")[0], 1L, Long::sum));
        if (Boolean.getBoolean("vauban.print")) {
            System.out.println(
                    new String(org.vauban.ingest.OmopIngest.json(report), java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(found).isEqualTo(planted);
    }

    static Path france() {
        String named = System.getProperty("vauban.france", "");
        Assumptions.assumeTrue(
                !named.isEmpty() && Files.isDirectory(Path.of(named)), "not run: no synthetic country (vauban.france)");
        return Path.of(named);
    }

    /** Who is who, as a zone without a fault would answer. */
    static Answers answers(Path france) throws IOException {
        Map<String, Map<String, Long>> truth = truth(france.resolve("truth/who_is_who.csv"));
        return (deposit, record) -> {
            Long person = truth.getOrDefault(deposit, Map.of()).get(record);
            return person == null ? OptionalLong.empty() : OptionalLong.of(person);
        };
    }

    private static Map<String, Map<String, Long>> truth(Path file) throws IOException {
        Map<String, Map<String, Long>> truth = new HashMap<>();
        lines(file).skip(1).forEach(line -> {
            String[] fields = line.split(",");
            truth.computeIfAbsent(fields[0], _ -> new HashMap<>()).put(fields[1], Long.parseLong(fields[2]));
        });
        return truth;
    }

    private static Stream<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream();
    }

    static List<DepositedTable> parts(Path france) throws IOException {
        List<DepositedTable> parts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(france, 2)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".gz"))
                    .sorted()
                    .toList()) {
                String producer = String.valueOf(france.relativize(file).getName(0));
                String name = file.getFileName().toString().replaceFirst("\\..*", "");
                if (!name.equals("identities")) {
                    boolean isFhir = file.toString().endsWith(".ndjson.gz");
                    parts.add(new DepositedTable(
                            producer,
                            producer,
                            isFhir ? DepositedTable.Kind.FHIR : DepositedTable.Kind.SNDS,
                            name,
                            ';',
                            0,
                            () -> open(file)));
                }
            }
        }
        return parts;
    }

    private static InputStream open(Path file) throws IOException {
        return new GZIPInputStream(Files.newInputStream(file), 1 << 16);
    }
}
