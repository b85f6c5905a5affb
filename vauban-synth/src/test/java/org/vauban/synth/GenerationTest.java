package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTest {
    /** Tables that grow with persons; the others are the same for everybody. */
    private static final List<OmopTable> OF_PERSONS = List.of(
            OmopTable.PERSON,
            OmopTable.OBSERVATION_PERIOD,
            OmopTable.VISIT_OCCURRENCE,
            OmopTable.CONDITION_OCCURRENCE,
            OmopTable.DRUG_EXPOSURE,
            OmopTable.PROCEDURE_OCCURRENCE,
            OmopTable.MEASUREMENT,
            OmopTable.OBSERVATION,
            OmopTable.DEATH,
            OmopTable.DRUG_ERA,
            OmopTable.CONDITION_ERA);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        new Generation(150, 11, folder.resolve("one"), false, true).run();
        new Generation(150, 11, folder.resolve("two"), false, true).run();

        Map<String, Integer> one = contents(folder.resolve("one"));

        assertThat(one).hasSize(OmopTable.values().length + 4);
        assertThat(contents(folder.resolve("two"))).isEqualTo(one);
    }

    @Test
    void theSameSeedGivesTheSameCompressedBytes() throws IOException {
        new Generation(20, 11, folder.resolve("one"), true, false).run();
        new Generation(20, 11, folder.resolve("two"), true, false).run();

        assertThat(contents(folder.resolve("two"))).isEqualTo(contents(folder.resolve("one")));
        assertThat(folder.resolve("one/omop/person.csv.gz")).exists();
    }

    @Test
    void anotherSeedGivesOtherPersons() throws IOException {
        new Generation(50, 11, folder.resolve("one"), false, false).run();
        new Generation(50, 12, folder.resolve("two"), false, false).run();

        for (OmopTable table : OF_PERSONS) {
            String file = "omop/" + table.fileName() + ".csv";
            assertThat(Files.mismatch(
                            folder.resolve("one").resolve(file),
                            folder.resolve("two").resolve(file)))
                    .as(file)
                    .isNotNegative();
        }
    }

    @Test
    void aPersonDoesNotDependOnHowManyOthersThereAre() throws IOException {
        new Generation(100, 11, folder.resolve("few"), false, false).run();
        new Generation(1_000, 11, folder.resolve("many"), false, false).run();

        for (OmopTable table : OF_PERSONS) {
            String file = "omop/" + table.fileName() + ".csv";
            byte[] few = Files.readAllBytes(folder.resolve("few").resolve(file));
            byte[] many = Files.readAllBytes(folder.resolve("many").resolve(file));
            assertThat(many).as(file).hasSizeGreaterThan(few.length);
            assertThat(Arrays.equals(few, 0, few.length, many, 0, few.length))
                    .as(file)
                    .isTrue();
        }
    }

    @Test
    void defectsAreAddedBehindTheCleanRowsAndListed() throws IOException {
        new Generation(100, 11, folder.resolve("clean"), false, false).run();
        Generation.Report report = new Generation(100, 11, folder.resolve("awkward"), false, true).run();

        List<String> listed = GeneratedTables.lines(folder.resolve("awkward/truth/awkward.csv"));
        List<String> added = List.of("observation_period", "condition_occurrence", "drug_exposure", "measurement");
        assertThat(report.defects()).isEqualTo(25);
        assertThat(listed).hasSize(27);
        for (String table : added) {
            List<String> clean = GeneratedTables.lines(folder.resolve("clean/omop/" + table + ".csv"));
            List<String> awkward = GeneratedTables.lines(folder.resolve("awkward/omop/" + table + ".csv"));
            assertThat(awkward).as(table).hasSize(clean.size() + 5);
            assertThat(awkward.subList(0, clean.size() - 1)).isEqualTo(clean.subList(0, clean.size() - 1));
        }
    }

    @Test
    void repeatedIdsAreThoseListed() throws IOException {
        new Generation(100, 11, folder, false, true).run();

        List<String[]> exposures = new GeneratedTables(folder.resolve("omop")).rows(OmopTable.DRUG_EXPOSURE);
        List<String> repeated = exposures.subList(exposures.size() - 5, exposures.size()).stream()
                .map(row -> row[0] + "," + row[1])
                .toList();
        List<String> listed = GeneratedTables.lines(folder.resolve("truth/awkward.csv")).stream()
                .filter(line -> line.startsWith("drug_exposure,"))
                .map(line -> line.split(",", -1))
                .map(row -> row[1] + "," + row[2])
                .toList();

        assertThat(repeated).isEqualTo(listed);
        for (String idAndPerson : repeated) {
            assertThat(exposures.stream()
                            .filter(row -> (row[0] + "," + row[1]).equals(idAndPerson))
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    void whatExistsIsNeverOverwrittenAndNothingHalfMadeStays() throws IOException {
        Files.createDirectories(folder.resolve("truth"));

        assertThatThrownBy(() -> new Generation(5, 1, folder, false, false).run())
                .isInstanceOf(WrongInput.class)
                .hasMessageContaining("OUTPUT_EXISTS");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("omop"));
    }

    private static Map<String, Integer> contents(Path folder) throws IOException {
        Map<String, Integer> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
