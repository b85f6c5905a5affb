package org.vauban.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A small OMOP folder in which every row is a canary: the day, and the number where a table has one, occur once. Days of a person lie so far
 * apart that no two stays of a cohort touch.
 */
final class CanaryHospital {
    static final int DRUG_1 = 2_000_000_101;
    static final int DRUG_2 = 2_000_000_102;
    static final int OUTCOME = 2_000_000_201;
    static final int DRUGS = 2_000_000_100;
    static final int ILLNESSES = 2_000_000_200;
    static final int OTHER_ILLNESSES = 2_000_000_300;

    /** Ancestors and those below them. */
    static final Map<Integer, List<Integer>> BELOW = Map.of(
            DRUGS, List.of(DRUG_1, DRUG_2, 2_000_000_103),
            ILLNESSES, List.of(OUTCOME, 2_000_000_202, 2_000_000_203),
            OTHER_ILLNESSES, List.of(2_000_000_301, 2_000_000_302));

    private static final int PERSONS = 40;
    private static final int FIRST_YEAR = 1940;

    /** Those who object, by the names of the files: every sixth. */
    static final Set<String> OBJECTING = IntStream.rangeClosed(1, PERSONS)
            .filter(person -> person % 6 == 0)
            .mapToObj(String::valueOf)
            .collect(Collectors.toUnmodifiableSet());

    /** Whether the person who was born in a year objects: there is one a year. */
    static boolean objects(int yearOfBirth) {
        return OBJECTING.contains(String.valueOf(yearOfBirth - FIRST_YEAR));
    }

    private static final LocalDate FIRST = LocalDate.of(2019, 1, 1);

    private final Map<String, StringBuilder> files = new LinkedHashMap<>();
    private final Random random;

    private CanaryHospital(long seed) {
        random = new Random(seed);
    }

    static Path write(Path folder, long seed) {
        var hospital = new CanaryHospital(seed);
        hospital.concepts();
        for (int person = 1; person <= PERSONS; person++) {
            hospital.person(person);
        }
        try {
            Files.createDirectories(folder);
            for (var file : hospital.files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey() + ".csv"), file.getValue());
            }
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
        return folder;
    }

    private void concepts() {
        String header =
                "concept_id,concept_name,domain_id,vocabulary_id,concept_class_id,standard_concept,concept_code,"
                        + "valid_start_date,valid_end_date,invalid_reason";
        BELOW.forEach((ancestor, below) -> {
            line("concept", header, concept(ancestor));
            line("concept_ancestor", ANCESTORS, ancestor + "," + ancestor + ",0,0");
            for (int descendant : below) {
                line("concept", header, concept(descendant));
                line("concept_ancestor", ANCESTORS, ancestor + "," + descendant + ",1,1");
                line("concept_ancestor", ANCESTORS, descendant + "," + descendant + ",0,0");
            }
        });
    }

    private static final String ANCESTORS =
            "ancestor_concept_id,descendant_concept_id,min_levels_of_separation,max_levels_of_separation";

    private static String concept(int id) {
        return id + ",Concept " + id + "," + (id / 100 == DRUGS / 100 ? "Drug" : "Condition") + ",TEST,Class,S," + id
                + ",1970-01-01,2099-12-31,";
    }

    private void person(int person) {
        line(
                "person",
                "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,race_concept_id,ethnicity_concept_id",
                person + "," + (person % 2 == 0 ? 8507 : 8532) + "," + (FIRST_YEAR + person) + "," + (1 + person % 12)
                        + "," + (1 + person % 28) + ",0,0");
        line(
                "observation_period",
                "observation_period_id,person_id,observation_period_start_date,observation_period_end_date,"
                        + "period_type_concept_id",
                person + "," + person + "," + LocalDate.of(2018, 6, 1).plusDays(person) + ","
                        + LocalDate.of(2022, 6, 30).plusDays(person) + ",32817");
        for (int time = 0; time < 4; time++) {
            int row = person * 10 + time;
            if (random.nextInt(4) > 0) {
                LocalDate day = day(person, time, 0);
                line(
                        "condition_occurrence",
                        "condition_occurrence_id,person_id,condition_concept_id,condition_start_date,condition_type_concept_id",
                        row + "," + person + "," + one(random.nextBoolean() ? ILLNESSES : OTHER_ILLNESSES) + "," + day
                                + ",32817");
            }
            if (random.nextInt(4) > 0) {
                LocalDate day = day(person, time, 2);
                line(
                        "drug_era",
                        "drug_era_id,person_id,drug_concept_id,drug_era_start_date,drug_era_end_date,"
                                + "drug_exposure_count,gap_days",
                        row + "," + person + "," + one(DRUGS) + "," + day + "," + day.plusDays(30 + random.nextInt(60))
                                + "," + row + ",0");
            }
            line(
                    "measurement",
                    "measurement_id,person_id,measurement_concept_id,measurement_date,measurement_type_concept_id,"
                            + "value_as_number",
                    row + "," + person + "," + one(ILLNESSES) + "," + day(person, time, 4) + ",32817," + row + ".5");
            LocalDate visited = day(person, time, 6);
            line(
                    "visit_occurrence",
                    "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date,visit_type_concept_id",
                    row + "," + person + "," + (random.nextBoolean() ? 9201 : 9202) + "," + visited + ","
                            + visited.plusDays(random.nextInt(20)) + ",32817");
        }
        if (person % 3 == 0) {
            line(
                    "death",
                    "person_id,death_date,death_type_concept_id,cause_concept_id",
                    person + "," + day(person, 3, 8) + ",32817," + one(OTHER_ILLNESSES));
        }
    }

    private static LocalDate day(int person, int time, int table) {
        return FIRST.plusDays(time * 400L + person * 9L + table);
    }

    private int one(int ancestor) {
        List<Integer> below = BELOW.getOrDefault(ancestor, List.of());
        return below.get(random.nextInt(below.size()));
    }

    private void line(String file, String header, String line) {
        files.computeIfAbsent(file, _ -> new StringBuilder(header).append('\n'))
                .append(line)
                .append('\n');
    }
}
