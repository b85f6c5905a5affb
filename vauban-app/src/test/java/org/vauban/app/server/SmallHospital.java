package org.vauban.app.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** 240 people who never lived, users of two drugs, some of them with an event; and a study of them. */
final class SmallHospital {
    private static final int ONE = 2_000_000_101;
    private static final int TWO = 2_000_000_102;
    private static final int EVENT = 2_000_000_201;
    private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

    private SmallHospital() {}

    /** An OMOP folder. */
    static Path data(Path folder) throws IOException {
        Files.createDirectories(folder);
        var person =
                new StringBuilder("person_id,gender_concept_id,year_of_birth,race_concept_id,ethnicity_concept_id\n");
        var observed = new StringBuilder("observation_period_id,person_id,observation_period_start_date,"
                + "observation_period_end_date,period_type_concept_id\n");
        var eras = new StringBuilder("drug_era_id,person_id,drug_concept_id,drug_era_start_date,drug_era_end_date,"
                + "drug_exposure_count,gap_days\n");
        var conditions = new StringBuilder("condition_occurrence_id,person_id,condition_concept_id,"
                + "condition_start_date,condition_end_date,condition_type_concept_id\n");
        for (int id = 1; id <= 240; id++) {
            boolean first = id % 2 == 1;
            LocalDate start = FIRST.plusDays(300 + id % 200);
            person.append(id).append(",8507,").append(1940 + id % 50).append(",0,0\n");
            observed.append(id).append(',').append(id).append(",2019-01-01,2022-12-31,32817\n");
            eras.append(String.join(
                            ",",
                            "" + id,
                            "" + id,
                            "" + (first ? ONE : TWO),
                            "" + start,
                            "" + start.plusDays(60),
                            "1,0"))
                    .append('\n');
            if (id % (first ? 3 : 4) == 0) {
                conditions
                        .append(String.join(
                                ",", "" + id, "" + id, "" + EVENT, "" + start.plusDays(20 + id % 30), ",32817"))
                        .append('\n');
            }
        }
        Files.writeString(folder.resolve("person.csv"), person);
        Files.writeString(folder.resolve("observation_period.csv"), observed);
        Files.writeString(folder.resolve("drug_era.csv"), eras);
        Files.writeString(folder.resolve("condition_occurrence.csv"), conditions);
        Files.writeString(
                folder.resolve("concept.csv"),
                "concept_id,concept_name,domain_id,vocabulary_id,concept_class_id,standard_concept,concept_code,"
                        + "valid_start_date,valid_end_date,invalid_reason\n"
                        + ONE + ",One,Drug,TEST,Ingredient,S,1,1970-01-01,2099-12-31,\n"
                        + TWO + ",Two,Drug,TEST,Ingredient,S,2,1970-01-01,2099-12-31,\n"
                        + EVENT + ",Three,Condition,TEST,Clinical Finding,S,3,1970-01-01,2099-12-31,\n");
        return folder;
    }

    /** STUDY.yaml with its cohorts. */
    static Path study(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("one.json"), cohort("DrugEra", ONE));
        Files.writeString(folder.resolve("two.json"), cohort("DrugEra", TWO));
        Files.writeString(folder.resolve("three.json"), cohort("ConditionOccurrence", EVENT));
        return Files.writeString(folder.resolve("STUDY.yaml"), """
            study: small
            title: A small study
            purpose: research
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
              prior-outcome: {remove: true}
            time-at-risk:
              start: {anchor: cohort-start, days: 0}
              end: {anchor: cohort-end, days: 30}
              at-least-days: 1
            analyses:
              - {name: survival, method: kaplan-meier, interval: log-log}
            """);
    }

    /** PERMIT.yaml: what the study needs of an edition, to be decided by the committee. */
    static String application(String edition) {
        return """
            title: {fr: "Un titre", en: "A title"}
            summary: {fr: "Pourquoi", en: "Why"}
            organisation: A university
            purpose: research
            persons: [applicant]
            editions: [%s]
            tables:
              person: [person_id, gender_concept_id, year_of_birth]
              observation_period: [observation_period_id, person_id, observation_period_start_date, observation_period_end_date]
              drug_era: [drug_era_id, person_id, drug_concept_id, drug_era_start_date, drug_era_end_date]
              condition_occurrence: [condition_occurrence_id, person_id, condition_concept_id, condition_start_date, condition_end_date]
            end: 2026-12-31
            """.formatted(edition);
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
}
