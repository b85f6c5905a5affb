package org.vauban.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.edition.Edition;
import org.vauban.edition.EditionReader;
import org.vauban.edition.Editions;
import org.vauban.edition.TestEditions;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.vault.TestKeys;
import org.vauban.vault.Vault;

/** Two public OMOP data sets with their known defects: GiBleed in CDM 5.3 and Synthea27Nj in CDM 5.4. */
class RealDataTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private static final Needs EVENTS = Stream.of(
                    Domain.CONDITION_OCCURRENCE,
                    Domain.DRUG_EXPOSURE,
                    Domain.PROCEDURE_OCCURRENCE,
                    Domain.MEASUREMENT,
                    Domain.OBSERVATION,
                    Domain.VISIT_OCCURRENCE,
                    Domain.DRUG_ERA,
                    Domain.CONDITION_ERA)
            .map(Domain::needsOfEvents)
            .reduce(Needs.none(), Needs::and);

    @TempDir
    Path folder;

    @Test
    void takesGiBleedInAndTellsItsKnownDefects() throws IOException {
        Path input = unpacked("data/omop/gibleed_5.3.zip");
        var keys = new TestKeys();
        var editions = new Editions(Vault.open(folder.resolve("vault"), keys), keys, CLOCK);
        Path rejects = folder.resolve("rejects.csv");

        var ingested = new OmopIngest(editions, keys).prepare(input, Editions.BUCKETS_DEFAULT, rejects);
        editions.publish(ingested.edition());

        IngestReport report = ingested.report();
        report.tables()
                .forEach((name, table) -> assertThat(table.rowsOut() + table.rowsRejected())
                        .as(name)
                        .isEqualTo(table.rowsIn()));
        assertThat(report.persons()).isEqualTo(2_694);
        assertThat(rowsIn(report))
                .containsEntry("condition_occurrence", 65_332L)
                .containsEntry("drug_exposure", 67_707L)
                .containsEntry("measurement", 44_053L)
                .containsEntry("concept_ancestor", 65_690L);
        IngestReport.Table periods = table(report, "observation_period");
        assertThat(periods.rowsIn()).isEqualTo(5_343);
        assertThat(periods.rejected()).containsExactly(Map.entry("unknown_person", 2_649L));
        assertThat(table(report, "drug_exposure").repeatedIds()).isEqualTo(67_707 - 63_323);
        assertThat(report.quality())
                .contains(
                        new IngestReport.Finding("outside_observation", "condition_occurrence", 85),
                        new IngestReport.Finding("outside_observation", "drug_exposure", 80),
                        new IngestReport.Finding("outside_observation", "procedure_occurrence", 15));
        try (Stream<String> lines = Files.lines(rejects)) {
            assertThat(lines.count()).isEqualTo(1 + 2_649);
        }
        assertThat(ingested.rowProblems()).isEmpty();

        // The edition and the laboratory tell the same events.
        Edition edition =
                editions.open(ingested.edition().id(), ingested.edition().root());
        EditionReader sealed = TestEditions.read(edition, EVENTS);
        try (LaboratorySource open = CdmFolder.open(input).laboratory()) {
            assertThat(digest(sealed)).isEqualTo(digest(open));
            assertThat(sealed.vocabulary().size()).isEqualTo(open.vocabulary().size());
            assertThat(sealed.vocabulary().descendants(192_671))
                    .isEqualTo(open.vocabulary().descendants(192_671));
        }
        assertThat(canaries(input))
                .isNotEmpty()
                .allSatisfy(canary -> assertNowhere(canary.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void takesSyntheaInWithUpperCaseNamesAndMissingAncestors() throws IOException {
        Path input = unpacked("data/omop/synthea27nj_5.4.zip");
        var keys = new TestKeys();
        var editions = new Editions(Vault.open(folder.resolve("vault"), keys), keys, CLOCK);

        IngestReport report = new OmopIngest(editions, keys)
                .prepare(input, 8, folder.resolve("rejects.csv"))
                .report();

        assertThat(report.persons()).isEqualTo(28);
        assertThat(rowsIn(report))
                .containsEntry("condition_occurrence", 470L)
                .containsEntry("drug_exposure", 883L)
                .containsEntry("measurement", 10_040L)
                .containsEntry("concept_relationship", 266_588L)
                .containsEntry("concept_ancestor", 0L);
        assertThat(report.rowsOut() + report.rowsRejected()).isEqualTo(report.rowsIn());
    }

    /** Counts and sums that do not depend on the numbers given to persons and rows. */
    private static Map<String, Long> digest(TrajectorySource source) {
        Map<String, Long> digest = new TreeMap<>();
        for (int bucket = 0; bucket < source.buckets(); bucket++) {
            Trajectories part = source.read(bucket, EVENTS);
            for (Domain domain : Domain.values()) {
                if (EVENTS.reads(domain.table())) {
                    add(digest, domain, part.events(domain));
                }
            }
        }
        return digest;
    }

    private static void add(Map<String, Long> digest, Domain domain, Events events) {
        for (int row = 0; row < events.size(); row++) {
            digest.merge(domain + " of " + events.concepts()[row], 1L, Long::sum);
            digest.merge(domain + " days of " + events.concepts()[row], (long) events.startDays()[row], Long::sum);
        }
    }

    /** Identifiers of the source that must not be found again. */
    private static List<String> canaries(Path input) throws IOException {
        try (Stream<String> lines = Files.lines(input.resolve("person.csv"))) {
            return lines.skip(1)
                    .limit(20)
                    .flatMap(line -> Stream.of(line.split(",")))
                    .filter(field -> field.length() == 36)
                    .toList();
        }
    }

    private void assertNowhere(byte[] canary) {
        try (Stream<Path> files = Files.walk(folder.resolve("vault"))) {
            String text = new String(canary, StandardCharsets.ISO_8859_1);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1).contains(text))
                        .isFalse();
            }
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static Map<String, Long> rowsIn(IngestReport report) {
        Map<String, Long> rows = new TreeMap<>();
        report.tables().forEach((name, table) -> rows.put(name, table.rowsIn()));
        return rows;
    }

    private static IngestReport.Table table(IngestReport report, String name) {
        return java.util.Objects.requireNonNull(report.tables().get(name));
    }

    private Path unpacked(String name) throws IOException {
        Path zip = shared().map(shared -> shared.resolve(name))
                .filter(Files::exists)
                .orElseGet(RealDataTest::absent);
        Path target = Files.createDirectories(folder.resolve("input"));
        try (InputStream bytes = Files.newInputStream(zip);
                var entries = new ZipInputStream(bytes)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                String file = String.valueOf(Path.of(entry.getName()).getFileName());
                if (!entry.isDirectory() && !file.startsWith("._")) {
                    Files.copy(entries, target.resolve(file));
                }
            }
        }
        return target;
    }

    private static Path absent() {
        return Assumptions.abort("not run: the shared reference data is absent");
    }

    private static Optional<Path> shared() {
        Optional<Path> named = Stream.of(System.getProperty("vauban.shared"), System.getenv("VAUBAN_SHARED"))
                .flatMap(Stream::ofNullable)
                .map(Path::of)
                .findFirst();
        return named.or(RealDataTest::beside);
    }

    /** The folder beside the repository's root, which is the folder that holds vauban-core. */
    private static Optional<Path> beside() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("vauban-core"))) {
                return Optional.of(at.resolveSibling("shared"));
            }
        }
        return Optional.empty();
    }
}
