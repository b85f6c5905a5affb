package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.cohort.reference.ReferenceEvaluator;
import org.vauban.document.Documents;
import org.vauban.ingest.CdmFolder;
import org.vauban.ingest.LaboratorySource;

/**
 * The rows and the attrition of OHDSI's own tools, on three data sets: the definitions of the phenotype library that are given, and
 * definitions made for features that the library lacks. Every definition must give exactly these rows.
 */
class LibraryOracleTest {
    private static final int LIBRARY = 553;

    /** OHDSI's tools fail on these two, and so no rows are known; here they are refused with their path. */
    private static final Set<Integer> REFUSED_PROBES = Set.of(900165, 900173);

    @Test
    void theLibraryOnTwentyEightPersons() throws IOException {
        CohortEvaluator plain = new ReferenceEvaluator();

        assertRows(library(), "oracles/cdm/synthea27nj", "oracles/cohorts/synthea27nj", new CompiledEvaluator(), plain);
    }

    @Test
    void theLibraryOnGiBleed() throws IOException {
        assertRows(library(), "oracles/cdm/gibleed", "oracles/cohorts/gibleed", new CompiledEvaluator());
    }

    @Test
    void theLibraryOnTwentyThousandPersons() throws IOException {
        assertRows(library(), "oracles/cdm20k", "oracles/cohorts/cdm20k", new CompiledEvaluator());
    }

    @Test
    void theProbesOnTwentyThousandPersons() throws IOException {
        SortedMap<Integer, CohortDefinition> probes = new TreeMap<>();
        try (Stream<Path> files = Files.list(shared("oracles/probe_json"))) {
            for (Path file : files.sorted().toList()) {
                int id = number(file.getFileName().toString());
                if (!REFUSED_PROBES.contains(id)) {
                    probes.put(id, CohortDefinition.read(file));
                }
            }
        }

        assertRows(probes, "oracles/cdm20k", "oracles/cohorts/cdm20k_probes", new CompiledEvaluator());
    }

    private static void assertRows(
            SortedMap<Integer, CohortDefinition> cohorts, String data, String expected, CohortEvaluator... evaluators)
            throws IOException {
        List<Integer> ids = List.copyOf(cohorts.keySet());
        Map<Integer, Expected> rows = rows(shared(expected));
        SortedMap<String, String> attrition = attrition(shared(expected), cohorts.keySet());

        try (LaboratorySource source = CdmFolder.open(shared(data)).laboratory()) {
            for (CohortEvaluator evaluator : evaluators) {
                CohortResults results =
                        evaluator.evaluate(List.copyOf(cohorts.values()), source, EvaluationProgress.SILENT);

                List<String> differing = new ArrayList<>();
                SortedMap<String, String> found = new TreeMap<>();
                for (int i = 0; i < ids.size(); i++) {
                    Expected of = Optional.ofNullable(rows.get(ids.get(i))).orElseThrow();
                    if (!of.isMetBy(md5(results.result(i).entries()))) {
                        differing.add(ids.get(i) + ": "
                                + results.result(i).entries().size() + " rows, expected " + of.entries());
                    }
                    addAttrition(found, ids.get(i), results.result(i).attrition());
                }
                assertThat(differing).isEmpty();
                assertThat(found).isEqualTo(attrition);
            }
        }
    }

    // What OHDSI's tools found.

    /** Where rows depend on an order that OHDSI's queries leave open, both orders are right. */
    private record Expected(String entries, String md5, String md5OfOtherOrder) {
        boolean isMetBy(String found) {
            return found.equals(md5) || found.equals(md5OfOtherOrder);
        }
    }

    private static Map<Integer, Expected> rows(Path folder) throws IOException {
        Map<Integer, Expected> rows = new HashMap<>();
        for (String[] fields : csv(folder.resolve("cohort_counts.csv"))) {
            rows.put(Integer.valueOf(fields[0]), new Expected(fields[1], fields[4], fields[12]));
        }
        return rows;
    }

    private static SortedMap<String, String> attrition(Path folder, Set<Integer> ids) throws IOException {
        SortedMap<String, String> lines = new TreeMap<>();
        for (String[] fields : csv(folder.resolve("cohort_inclusion_stats.csv"))) {
            lines.put(
                    fields[0] + " rule " + fields[1] + " mode " + fields[5],
                    fields[2] + " " + fields[3] + " " + fields[4]);
        }
        for (String[] fields : csv(folder.resolve("cohort_inclusion_result.csv"))) {
            lines.put(fields[0] + " mask " + fields[1] + " mode " + fields[3], fields[2]);
        }
        for (String[] fields : csv(folder.resolve("cohort_summary_stats.csv"))) {
            lines.put(fields[0] + " all mode " + fields[3], fields[1] + " " + fields[2]);
        }
        lines.keySet().removeIf(line -> !ids.contains(number(line)));
        return lines;
    }

    private static List<String[]> csv(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    // What was found here, in the same words. Mode 0 counts events, mode 1 persons by their best event.

    private static void addAttrition(SortedMap<String, String> lines, int id, Attrition attrition) {
        if (attrition.rules().isEmpty()) {
            return;
        }
        List<Attrition.Step> steps = attrition.steps();
        for (int rule = 0; rule < steps.size(); rule++) {
            Attrition.Step step = steps.get(rule);
            lines.put(
                    id + " rule " + rule + " mode 0",
                    step.eventsMeeting() + " " + step.eventsLostToItAlone() + " " + attrition.qualifiedEvents());
            lines.put(
                    id + " rule " + rule + " mode 1",
                    step.personsMeeting() + " " + step.personsLostToItAlone() + " " + attrition.qualifiedPersons());
        }
        attrition.events().forEach((mask, count) -> lines.put(id + " mask " + mask + " mode 0", count.toString()));
        attrition.bestEvents().forEach((mask, count) -> lines.put(id + " mask " + mask + " mode 1", count.toString()));
        lines.put(id + " all mode 0", attrition.qualifiedEvents() + " " + attrition.includedEvents());
        lines.put(id + " all mode 1", attrition.qualifiedPersons() + " " + attrition.includedPersons());
    }

    private static String md5(CohortEntries entries) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < entries.size(); i++) {
            text.append(i == 0 ? "" : "\n")
                    .append(entries.person(i))
                    .append(',')
                    .append(LocalDate.ofEpochDay(entries.startDay(i)))
                    .append(',')
                    .append(LocalDate.ofEpochDay(entries.endDay(i)));
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }

    // The data.

    private static SortedMap<Integer, CohortDefinition> library() throws IOException {
        SortedMap<Integer, CohortDefinition> cohorts = new TreeMap<>();
        Path archive = shared("data/cohorts/phenotypelibrary-cohorts-json.zip");
        try (ZipFile library = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : library.stream().toList()) {
                String json = new String(library.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                cohorts.put(number(entry.getName()), CohortDefinition.parse(Documents.json(entry.getName(), json)));
            }
        }
        assertThat(cohorts).hasSize(LIBRARY);
        return cohorts;
    }

    private static int number(String name) {
        String digits = name.substring(name.lastIndexOf('/') + 1).replaceAll("\\D.*", "");
        return Integer.parseInt(digits);
    }

    private static Path shared(String inside) {
        String named = System.getProperty("vauban.shared", System.getenv().getOrDefault("VAUBAN_SHARED", ""));
        Path found = Path.of(named.isEmpty() ? besideTheRepository() : named).resolve(inside);
        if (!Files.exists(found)) {
            Assumptions.abort("not run: the shared reference data is absent");
        }
        return found;
    }

    private static String besideTheRepository() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("vauban-core"))) {
            folder = folder.getParent();
        }
        return folder == null ? "shared" : folder.resolveSibling("shared").toString();
    }
}
