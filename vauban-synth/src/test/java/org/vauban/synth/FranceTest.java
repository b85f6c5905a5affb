package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.synth.GeneratedFrance.Row;

class FranceTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherOneOthers() throws IOException {
        new France(150, 11, folder.resolve("one")).run();
        new France(150, 11, folder.resolve("two")).run();
        new France(150, 12, folder.resolve("other")).run();

        assertThat(contents("two")).isEqualTo(contents("one")).hasSize(4 * 7 + 7 + 44 + 6);
        assertThat(contents("other").get("cnam/ER_PRS_F.csv.gz"))
                .isNotEqualTo(contents("one").get("cnam/ER_PRS_F.csv.gz"));
    }

    @Test
    void aPersonDoesNotDependOnHowManyOthersThereAre() throws IOException {
        List<Row> few = GeneratedFrance.of(50, 11, folder.resolve("few")).table("ER_PRS_F");
        List<Row> many = GeneratedFrance.of(200, 11, folder.resolve("many")).table("ER_PRS_F");

        assertThat(many.subList(0, few.size())).isEqualTo(few);
    }

    @Test
    void livesAreFullEnoughAndHospitalsTellTheirShare() throws IOException {
        France.Report report = new France(6_000, 1707, folder).run();

        System.out.printf(
                "6,000 persons: mean %.1f, median %d, from hospitals %.3f, rows %d%n",
                report.meanEvents(), report.medianEvents(), report.hospitalShare(), report.totalRows());
        assertThat(report.meanEvents()).isGreaterThanOrEqualTo(150);
        assertThat(report.medianEvents()).isGreaterThanOrEqualTo(60);
        assertThat(report.hospitalShare()).isGreaterThanOrEqualTo(0.15);
        assertThat((double) report.drawn().users() / report.persons()).isGreaterThan(0.40);
    }

    @Test
    void whoIsWhoListsEveryIdentityRecordOnce() throws IOException {
        GeneratedFrance france = GeneratedFrance.of(1_500, 5, folder);
        Map<String, String> who = new HashMap<>();
        for (Row row : france.truth("who_is_who")) {
            assertThat(who.put(row.at(List.of("producer", "local_id")), row.at("person")))
                    .isNull();
        }

        Set<String> written = new HashSet<>();
        for (Row row : france.table("identities")) {
            written.add("cnam;" + row.at("BEN_NIR_PSA") + "|" + row.at("BEN_RNG_GEM"));
        }
        Set<String> people = new HashSet<>();
        for (int hospital = 1; hospital <= 4; hospital++) {
            for (String patient : france.resources(hospital, "Patient")) {
                String id = idOf(patient);
                written.add("hospital-" + hospital + ";" + id);
                people.add(String.valueOf(who.get("hospital-" + hospital + ";" + id)));
            }
        }

        assertThat(written).isEqualTo(who.keySet());
        assertThat(people.size() / 1_500.0).isBetween(0.36, 0.44);
    }

    @Test
    void hospitalsWriteMostPeopleDownWellAndManyBadly() throws IOException {
        List<Row> records = GeneratedFrance.of(4_000, 5, folder).truth("hospital_records");

        double withoutNir =
                records.stream().filter(row -> !row.at("nir").equals("good")).count() / (double) records.size();
        Map<String, Integer> slips = new TreeMap<>();
        records.forEach(row -> slips.merge(row.at("slip"), 1, Integer::sum));

        assertThat(withoutNir).isBetween(0.15, 0.25);
        assertThat(slips.keySet())
                .containsExactly("fields missing", "married name", "none", "swapped date", "swapped names", "typo");
        assertThat(slips.getOrDefault("none", 0) / (double) records.size()).isBetween(0.8, 0.92);
    }

    @Test
    void someHaveSeveralPseudonymsInALifeAndTwinsOfOneSexShareOne() throws IOException {
        GeneratedFrance france = GeneratedFrance.of(3_000, 5, folder);
        Map<String, Set<String>> pseudonymsOfPerson = new HashMap<>();
        Map<String, Set<String>> personsOfPseudonym = new HashMap<>();
        for (Row row : france.truth("who_is_who")) {
            if (row.at("producer").equals("cnam")) {
                String pseudonym = row.at("local_id").split("\\|")[0];
                pseudonymsOfPerson
                        .computeIfAbsent(row.at("person"), _ -> new HashSet<>())
                        .add(pseudonym);
                personsOfPseudonym
                        .computeIfAbsent(pseudonym, _ -> new HashSet<>())
                        .add(row.at("person"));
            }
        }

        assertThat(pseudonymsOfPerson).hasSize(3_000);
        assertThat(pseudonymsOfPerson.values().stream().filter(all -> all.size() == 2))
                .hasSizeGreaterThan(100);
        assertThat(pseudonymsOfPerson.values().stream().filter(all -> all.size() == 3))
                .hasSizeGreaterThan(20);
        List<Set<String>> shared = personsOfPseudonym.values().stream()
                .filter(all -> all.size() > 1)
                .toList();
        assertThat(shared).hasSizeGreaterThan(3).allSatisfy(pair -> {
            List<Long> numbers = pair.stream().map(Long::valueOf).sorted().toList();
            assertThat(numbers).hasSize(2);
            assertThat(Census.isFirstTwin(numbers.getFirst())).isTrue();
            assertThat(numbers.getLast()).isEqualTo(numbers.getFirst() + 1);
        });
    }

    @Test
    void everyResourcePointsToPatientsAndEncountersOfItsOwnHospital() throws IOException {
        GeneratedFrance france = GeneratedFrance.of(600, 5, folder);
        for (int hospital = 1; hospital <= 4; hospital++) {
            Set<String> ids = new HashSet<>();
            List<String> pointers = new ArrayList<>();
            for (String type : List.of(
                    "Patient",
                    "Encounter",
                    "Condition",
                    "Procedure",
                    "Observation",
                    "MedicationRequest",
                    "MedicationAdministration")) {
                for (String line : france.resources(hospital, type)) {
                    Map<?, ?> resource = Objects.requireNonNull((Map<?, ?>) Json.read(line));
                    assertThat(ids.add(type + "/" + resource.get("id"))).isTrue();
                    for (String name : List.of("subject", "encounter", "context")) {
                        if (resource.get(name) instanceof Map<?, ?> reference) {
                            pointers.add(String.valueOf(reference.get("reference")));
                        }
                    }
                }
            }
            assertThat(ids).containsAll(new HashSet<>(pointers)).hasSizeGreaterThan(1_000);
        }
    }

    private static String idOf(String resource) {
        return Json.read(resource) instanceof Map<?, ?> map ? String.valueOf(map.get("id")) : "";
    }

    private Map<String, Integer> contents(String name) throws IOException {
        Path root = folder.resolve(name);
        Map<String, Integer> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
