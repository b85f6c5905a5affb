package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.synth.GeneratedTables.at;
import static org.vauban.synth.GeneratedTables.day;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of the tables may rely on, checked on the files. */
class RecordsTest {
    private static final int PERSONS = 1_200;

    /** Table, first date, last date; the last one is the first one where a table has only one. */
    private static final List<Dated> DATED = List.of(
            new Dated(OmopTable.VISIT_OCCURRENCE, "visit_start_date", "visit_end_date"),
            new Dated(OmopTable.CONDITION_OCCURRENCE, "condition_start_date", "condition_end_date"),
            new Dated(OmopTable.DRUG_EXPOSURE, "drug_exposure_start_date", "drug_exposure_end_date"),
            new Dated(OmopTable.PROCEDURE_OCCURRENCE, "procedure_date", "procedure_end_date"),
            new Dated(OmopTable.MEASUREMENT, "measurement_date", "measurement_date"),
            new Dated(OmopTable.OBSERVATION, "observation_date", "observation_date"),
            new Dated(OmopTable.DRUG_ERA, "drug_era_start_date", "drug_era_end_date"),
            new Dated(OmopTable.CONDITION_ERA, "condition_era_start_date", "condition_era_end_date"));

    private static final List<Dated> CLINICAL = DATED.subList(0, 6);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static GeneratedTables tables;

    private static final Map<String, int[]> OBSERVATION = new HashMap<>();

    private record Dated(OmopTable table, String first, String last) {}

    @BeforeAll
    static void generate() throws IOException {
        new Generation(PERSONS, 77, folder, false, false).run();
        tables = new GeneratedTables(folder.resolve("omop"));
        for (String[] row : tables.rows(OmopTable.OBSERVATION_PERIOD)) {
            OBSERVATION.put(row[1], new int[] {day(row[2]), day(row[3])});
        }
    }

    @Test
    void everyRowLiesWithinItsPersonsObservation() throws IOException {
        for (Dated dated : DATED) {
            for (String[] row : tables.rows(dated.table())) {
                int first = day(row[at(dated.table(), dated.first())]);
                int last = day(row[at(dated.table(), dated.last())]);
                int[] observed = Objects.requireNonNull(OBSERVATION.get(row[1]));

                assertThat(first).as(dated.table().fileName()).isBetween(observed[0], last);
                assertThat(last).as(dated.table().fileName()).isLessThanOrEqualTo(observed[1]);
            }
        }
    }

    @Test
    void everybodyIsObservedForMoreThanAYearBetween2012And2022() {
        assertThat(OBSERVATION).hasSize(PERSONS);
        assertThat(OBSERVATION.values()).allSatisfy(observed -> {
            assertThat(observed[0]).isBetween(Population.FIRST_DAY, Population.LAST_DAY);
            assertThat(observed[1]).isBetween(observed[0] + 40, Population.LAST_DAY);
        });
        assertThat(OBSERVATION.values().stream()
                        .mapToInt(observed -> observed[1] - observed[0])
                        .average()
                        .orElseThrow())
                .isGreaterThan(6 * 365.0);
    }

    @Test
    void theDeadAreNotObservedAfterTheirDeath() throws IOException {
        List<String[]> deaths = tables.rows(OmopTable.DEATH);

        assertThat(deaths.size()).isBetween(PERSONS / 20, PERSONS / 4);
        for (String[] death : deaths) {
            assertThat(day(death[1])).isEqualTo(Objects.requireNonNull(OBSERVATION.get(death[0]))[1]);
        }
    }

    @Test
    void everybodyHasSixtyEventsAtLeastAndAHundredOnAverage() throws IOException {
        Map<String, Integer> events = new HashMap<>();
        for (Dated dated : CLINICAL) {
            for (String[] row : tables.rows(dated.table())) {
                events.merge(row[1], 1, Integer::sum);
            }
        }

        assertThat(events).hasSize(PERSONS);
        assertThat(events.values()).allMatch(count -> count >= MedicalHistory.LEAST_EVENTS);
        assertThat(events.values().stream()
                        .mapToInt(Integer::intValue)
                        .average()
                        .orElseThrow())
                .isBetween(90.0, 130.0);
    }

    @Test
    void idsAreUniqueAndReferencesLeadSomewhere() throws IOException {
        Set<String> concepts = firstColumn(OmopTable.CONCEPT);
        Set<String> persons = firstColumn(OmopTable.PERSON);
        Set<String> ids = new HashSet<>();
        for (Dated dated : DATED) {
            ids.clear();
            for (String[] row : tables.rows(dated.table())) {
                assertThat(ids.add(row[0])).as(dated.table().fileName()).isTrue();
                assertThat(persons).contains(row[1]);
                assertThat(concepts).contains(row[2]);
                assertThat(row).hasSize(dated.table().columns().size());
            }
        }
        for (String[] row : tables.rows(OmopTable.CONCEPT_ANCESTOR)) {
            assertThat(concepts).contains(row[0], row[1]);
        }
        for (String[] row : tables.rows(OmopTable.CONCEPT_RELATIONSHIP)) {
            assertThat(concepts).contains(row[0], row[1]);
            assertThat(firstColumn(OmopTable.RELATIONSHIP)).contains(row[2]);
        }
        for (String[] row : tables.rows(OmopTable.CONCEPT)) {
            assertThat(firstColumn(OmopTable.DOMAIN)).contains(row[2]);
            assertThat(firstColumn(OmopTable.VOCABULARY)).contains(row[3]);
            assertThat(firstColumn(OmopTable.CONCEPT_CLASS)).contains(row[4]);
        }
    }

    @Test
    void anEventOfAVisitBeginsDuringThatVisitOfThatPerson() throws IOException {
        Map<String, String[]> visits = new HashMap<>();
        for (String[] row : tables.rows(OmopTable.VISIT_OCCURRENCE)) {
            visits.put(row[0], row);
        }
        int linked = 0;
        for (Dated dated : CLINICAL.subList(1, CLINICAL.size())) {
            int visitColumn = at(dated.table(), "visit_occurrence_id");
            for (String[] row : tables.rows(dated.table())) {
                if (!row[visitColumn].isEmpty()) {
                    String[] visit = Objects.requireNonNull(visits.get(row[visitColumn]));
                    assertThat(visit[1]).isEqualTo(row[1]);
                    assertThat(day(row[3])).isBetween(day(visit[3]), day(visit[5]));
                    linked++;
                }
            }
        }

        assertThat(linked).isGreaterThan(50 * PERSONS);
    }

    @Test
    void measurementsHaveAValueAndAUnit() throws IOException {
        Set<String> units = new TreeSet<>();
        for (String[] row : tables.rows(OmopTable.MEASUREMENT)) {
            assertThat(Double.parseDouble(row[at(OmopTable.MEASUREMENT, "value_as_number")]))
                    .isPositive();
            units.add(row[at(OmopTable.MEASUREMENT, "unit_concept_id")]);
        }

        assertThat(units).hasSize(9).isSubsetOf(firstColumn(OmopTable.CONCEPT));
    }

    @Test
    void erasAreAtLeastThirtyOneDaysApart() throws IOException {
        for (OmopTable table : List.of(OmopTable.DRUG_ERA, OmopTable.CONDITION_ERA)) {
            Map<String, Integer> lastDays = new HashMap<>();
            for (String[] row : tables.rows(table)) {
                Integer before = lastDays.put(row[1] + " " + row[2], day(row[4]));
                if (before != null) {
                    assertThat(day(row[3])).isGreaterThan(before + Eras.GAP_DAYS);
                }
            }
        }
    }

    @Test
    void whatWasPlantedInAPersonIsRecordedWithoutError() throws IOException {
        Map<String, List<String[]>> conditions = byPerson(OmopTable.CONDITION_OCCURRENCE);
        Map<String, List<String[]>> exposures = byPerson(OmopTable.DRUG_EXPOSURE);
        Map<String, List<String[]>> eras = byPerson(OmopTable.DRUG_ERA);
        Set<Integer> bleeding = tables.withDescendants(Codes.BLEEDING);
        List<String> planted = GeneratedTables.lines(folder.resolve("truth/potential_outcomes.csv"));
        int users = 0;
        int events = 0;
        for (String line : planted.subList(1, planted.size() - 1)) {
            String[] truth = line.split(",", -1);
            String person = truth[0];
            int index = day(truth[1]);
            int atRisk = Integer.parseInt(truth[9]);
            int toBleeding = Integer.parseInt(truth[truth[2].equals("target") ? 10 : 11]);
            int drug = truth[2].equals("target") ? Codes.TARGET_INGREDIENT : Codes.COMPARATOR_INGREDIENT;
            users++;

            String[] era = eras.getOrDefault(person, List.of()).stream()
                    .filter(row -> row[2].equals(Integer.toString(drug)))
                    .findFirst()
                    .orElseThrow();
            assertThat(day(era[3])).isEqualTo(index);
            assertThat(inHalfAYearBefore(conditions, person, Codes.ULCER, index))
                    .isEqualTo(truth[5].equals("1"));
            assertThat(inHalfAYearBefore(exposures, person, Codes.ANTICOAGULANT_INGREDIENT, index))
                    .isEqualTo(truth[6].equals("1"));
            assertThat(inHalfAYearBefore(conditions, person, Codes.RENAL_DISEASE, index))
                    .isEqualTo(truth[7].equals("1"));
            int lastDay = Math.min(day(era[4]) + 30, Objects.requireNonNull(OBSERVATION.get(person))[1]);
            int recorded = conditions.getOrDefault(person, List.of()).stream()
                    .filter(row -> bleeding.contains(Integer.valueOf(row[2])))
                    .mapToInt(row -> day(row[3]))
                    .filter(day -> day >= index && day <= lastDay)
                    .min()
                    .orElse(-1);
            if (toBleeding <= atRisk) {
                assertThat(recorded).isEqualTo(index + toBleeding);
                events++;
            } else {
                assertThat(recorded).isEqualTo(-1);
                assertThat(lastDay - index).isEqualTo(atRisk);
            }
        }

        assertThat(users).isGreaterThan(PERSONS / 2);
        assertThat(events).isGreaterThan(users / 10);
    }

    private static boolean inHalfAYearBefore(Map<String, List<String[]>> rows, String person, int concept, int index)
            throws IOException {
        Set<Integer> concepts = DESCENDANTS.computeIfAbsent(concept, RecordsTest::descendants);
        return rows.getOrDefault(person, List.of()).stream()
                .filter(row -> concepts.contains(Integer.valueOf(row[2])))
                .mapToInt(row -> day(row[3]))
                .anyMatch(day -> day < index && day >= index - 180);
    }

    private static final Map<Integer, Set<Integer>> DESCENDANTS = new HashMap<>();

    private static Set<Integer> descendants(int concept) {
        try {
            return tables.withDescendants(concept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, List<String[]>> byPerson(OmopTable table) throws IOException {
        return tables.rows(table).stream().collect(Collectors.groupingBy(row -> row[1]));
    }

    private static Set<String> firstColumn(OmopTable table) throws IOException {
        Set<String> values = new HashSet<>();
        for (String[] row : tables.rows(table)) {
            values.add(row[0]);
        }
        return values;
    }
}
