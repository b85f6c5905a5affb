package org.vauban.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * A small OMOP folder with a study that fits it: 240 persons, half of them new users of drug 1, half of drug 2; every third user of drug
 * 1 and every fourth of drug 2 has the outcome 20 days later.
 */
public final class TinyHospital {
    public static final int DRUG_1 = 2_000_000_101;
    public static final int DRUG_2 = 2_000_000_102;
    public static final int OUTCOME = 2_000_000_201;

    private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

    private TinyHospital() {}

    public static Path write(Path folder) {
        var person = new StringBuilder(
                "person_id,gender_concept_id,year_of_birth,race_concept_id,ethnicity_concept_id,person_source_value\n");
        var observed = new StringBuilder("observation_period_id,person_id,observation_period_start_date,"
                + "observation_period_end_date,period_type_concept_id\n");
        var eras = new StringBuilder(
                "drug_era_id,person_id,drug_concept_id,drug_era_start_date,drug_era_end_date,drug_exposure_count,gap_days\n");
        var conditions =
                new StringBuilder("condition_occurrence_id,person_id,condition_concept_id,condition_start_date,"
                        + "condition_end_date,condition_type_concept_id\n");
        var measurements = new StringBuilder("measurement_id,person_id,measurement_concept_id,measurement_date,"
                + "measurement_type_concept_id,value_as_number\n");
        for (int id = 1; id <= 240; id++) {
            boolean first = id % 2 == 1;
            LocalDate start = FIRST.plusDays(300 + id % 200);
            person.append(id + ",8507," + (1940 + id % 50) + ",0,0,canary-person-" + id + "\n");
            observed.append(id + "," + id + ",2019-01-01,2022-12-31,32817\n");
            eras.append(id + "," + id + "," + (first ? DRUG_1 : DRUG_2) + "," + start + "," + start.plusDays(60)
                    + ",1,0\n");
            if (id % (first ? 3 : 4) == 0) {
                conditions.append(id + "," + id + "," + OUTCOME + "," + start.plusDays(20 + id % 30) + ",,32817\n");
            }
            measurements.append(id + "," + id + ",2000000301," + start + ",32817," + id + "\n");
        }
        String concepts =
                "concept_id,concept_name,domain_id,vocabulary_id,concept_class_id,standard_concept,concept_code,"
                        + "valid_start_date,valid_end_date,invalid_reason\n"
                        + DRUG_1 + ",One,Drug,TEST,Ingredient,S,1,1970-01-01,2099-12-31,\n"
                        + DRUG_2 + ",Two,Drug,TEST,Ingredient,S,2,1970-01-01,2099-12-31,\n"
                        + OUTCOME + ",Three,Condition,TEST,Clinical Finding,S,3,1970-01-01,2099-12-31,\n";
        write(folder.resolve("person.csv"), person.toString());
        write(folder.resolve("observation_period.csv"), observed.toString());
        write(folder.resolve("drug_era.csv"), eras.toString());
        write(folder.resolve("condition_occurrence.csv"), conditions.toString());
        write(folder.resolve("measurement.csv"), measurements.toString());
        write(folder.resolve("concept.csv"), concepts);
        return folder;
    }

    /** STUDY.yaml with its cohort files, asking for a purpose and, if one is given, a period. */
    public static Path study(Path folder, String purpose, String period) {
        cohorts(folder);
        Path study = folder.resolve("STUDY.yaml");
        write(study, """
                study: tiny
                title: A tiny study
                purpose: %s
                %s
                cohorts:
                  one: {definition: one.json, label: One, entries: recorded}
                  two: {definition: two.json, label: Two, entries: recorded}
                  three: {definition: three.json, label: Three}
                design:
                  type: new-user-active-comparator
                  target: one
                  comparator: two
                  outcome: three
                  exposure: first
                  persons-in-both: remove
                  prior-observation-days: 183
                  common-calendar-period: true
                  prior-outcome: {remove: true}
                time-at-risk:
                  start: {anchor: cohort-start, days: 0}
                  end: {anchor: cohort-end, days: 30}
                  at-least-days: 1
                analyses:
                  - {name: survival, method: kaplan-meier, interval: log-log}
                  - {name: crude, method: cox, ties: efron, interval: wald}
                """.formatted(purpose, period));
        return study;
    }

    /** STUDY.yaml that compares nobody: its period, the three cohorts, and a design as it is written there. */
    public static Path asking(Path folder, String period, String design) {
        cohorts(folder);
        Path study = folder.resolve("STUDY.yaml");
        write(study, """
                study: tiny
                title: A tiny study
                purpose: research
                period: %s
                cohorts:
                  one: {definition: one.json, label: One | Un}
                  two: {definition: two.json, label: Two | Deux}
                  three: {definition: three.json, label: Three | Trois}
                """.formatted(period) + design);
        return study;
    }

    private static void cohorts(Path folder) {
        write(folder.resolve("one.json"), cohort("DrugEra", DRUG_1));
        write(folder.resolve("two.json"), cohort("DrugEra", DRUG_2));
        write(folder.resolve("three.json"), cohort("ConditionOccurrence", OUTCOME));
    }

    private static String cohort(String criterion, int concept) {
        return """
                {"Title": "Concept %d",
                 "PrimaryCriteria": {"CriteriaList": [{"%s": {"CodesetId": 0}}],
                   "ObservationWindow": {"PriorDays": 0, "PostDays": 0}, "PrimaryCriteriaLimit": {"Type": "All"}},
                 "ConceptSets": [{"id": 0, "name": "One", "expression": {"items": [{"concept": {"CONCEPT_ID": %d}}]}}],
                 "QualifiedLimit": {"Type": "All"}, "ExpressionLimit": {"Type": "All"}, "InclusionRules": [],
                 "EndStrategy": {"DateOffset": {"DateField": "EndDate", "Offset": 0}},
                 "CensoringCriteria": [], "CollapseSettings": {"CollapseType": "ERA", "EraPad": 0}, "CensorWindow": {}}
                """.formatted(concept, criterion, concept);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }
}
