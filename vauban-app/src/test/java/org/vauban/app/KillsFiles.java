package org.vauban.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What people bring to the hub that is killed: every call another folder, with other people. */
final class KillsFiles {
    private static final int STUDIED = 400;
    private static final int CELECOXIB = 1118084;
    private static final int DICLOFENAC = 1124300;
    private static final int BLEEDING = 192671;

    private final Path folder;
    private int brought;

    KillsFiles(Path folder) {
        this.folder = folder;
    }

    /** A hospital's patient with one stay. */
    Path source() {
        String patient = "patient-" + ++brought;
        return write(
                folder.resolve("source-" + brought),
                Map.of("Patient.ndjson", """
                {"resourceType":"Patient","id":"%s","name":[{"use":"official","family":"MARTIN","given":["Rose"]}],\
                "gender":"female","birthDate":"1985-05-12"}
                """.formatted(patient), "Encounter.ndjson", """
                {"resourceType":"Encounter","id":"%s-stay","status":"finished","class":{"code":"IMP"},\
                "subject":{"reference":"Patient/%s"},"period":{"start":"2019-03-01","end":"2019-03-04"}}
                """.formatted(patient, patient)));
    }

    /** A ready data set of some twenty persons. */
    Path omop() {
        int persons = 20 + ++brought;
        return write(
                folder.resolve("omop-" + brought),
                Map.of("person.csv", persons(persons), "observation_period.csv", observed(persons)));
    }

    /** A data set that a study may say something about: one half took each medicine, every fifth bled. */
    Path studied() {
        var eras = new StringBuilder("drug_era_id,person_id,drug_concept_id,drug_era_start_date,drug_era_end_date\n");
        var conditions =
                new StringBuilder("condition_occurrence_id,person_id,condition_concept_id,condition_start_date,"
                        + "condition_type_concept_id\n");
        for (int id = 1; id <= STUDIED; id++) {
            eras.append("%d,%d,%d,2021-%02d-01,2021-%02d-28%n"
                    .formatted(id, id, id % 2 == 0 ? CELECOXIB : DICLOFENAC, 1 + id % 6, 1 + id % 6));
            if (id % 5 == 0) {
                conditions.append("%d,%d,%d,2021-%02d-15,32817%n".formatted(id, id, BLEEDING, 1 + id % 6));
            }
        }
        return write(
                folder.resolve("omop-studied"),
                Map.of(
                        "person.csv", persons(STUDIED),
                        "observation_period.csv", observed(STUDIED),
                        "drug_era.csv", eras.toString(),
                        "condition_occurrence.csv", conditions.toString(),
                        "concept.csv", """
                        concept_id,concept_name,domain_id,vocabulary_id,concept_class_id,standard_concept,concept_code,\
                        valid_start_date,valid_end_date,invalid_reason
                        1118084,celecoxib,Drug,RxNorm,Ingredient,S,140587,1970-01-01,2099-12-31,
                        1124300,diclofenac,Drug,RxNorm,Ingredient,S,3355,1970-01-01,2099-12-31,
                        192671,Gastrointestinal hemorrhage,Condition,SNOMED,Clinical Finding,S,74474003,1970-01-01,2099-12-31,
                        """));
    }

    Path study() {
        return write(
                        folder.resolve("study"),
                        Map.of(
                                "STUDY.yaml", """
                                study: kills
                                title: Bleeding under one or the other medicine
                                purpose: public-health
                                cohorts:
                                  target: {definition: target.json, label: Celecoxib}
                                  comparator: {definition: comparator.json, label: Diclofenac}
                                  outcome: {definition: outcome.json, label: Bleeding}
                                design:
                                  type: new-user-active-comparator
                                  target: target
                                  comparator: comparator
                                  outcome: outcome
                                  exposure: first
                                  prior-observation-days: 183
                                time-at-risk:
                                  start: {anchor: cohort-start, days: 0}
                                  end: {anchor: cohort-end, days: 30}
                                analyses:
                                  - {name: kaplan-meier, method: kaplan-meier}
                                  - {name: crude, method: cox}
                                """,
                                "target.json", cohort("DrugEra", CELECOXIB),
                                "comparator.json", cohort("DrugEra", DICLOFENAC),
                                "outcome.json", cohort("ConditionOccurrence", BLEEDING)))
                .resolve("STUDY.yaml");
    }

    /** An application of the researcher's for an edition. */
    Path application(String edition) {
        try (InputStream in =
                Objects.requireNonNull(Vauban.class.getResourceAsStream("/org/vauban/app/demo/PERMIT.yaml"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{edition}", edition)
                    .replace("{login}", "researcher")
                    .replace("{end}", "2099-12-31");
            return write(folder.resolve("application"), Map.of("PERMIT.yaml", text))
                    .resolve("PERMIT.yaml");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Files that are left of a deposit. */
    static long partsOf(Path home, String deposit) {
        Path shelf = home.resolve("deposits").resolve(deposit);
        if (!Files.exists(shelf)) {
            return 0;
        }
        try (Stream<Path> parts = Files.walk(shelf)) {
            return parts.filter(Files::isRegularFile).count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String persons(int persons) {
        var rows =
                new StringBuilder("person_id,gender_concept_id,year_of_birth,race_concept_id,ethnicity_concept_id\n");
        for (int id = 1; id <= persons; id++) {
            rows.append(id + "," + (id % 3 == 0 ? 8532 : 8507) + "," + (1940 + id % 50) + ",0,0\n");
        }
        return rows.toString();
    }

    private static String observed(int persons) {
        var rows = new StringBuilder("observation_period_id,person_id,observation_period_start_date,"
                + "observation_period_end_date,period_type_concept_id\n");
        for (int id = 1; id <= persons; id++) {
            rows.append(id + "," + id + ",2019-01-01,2022-12-31,32817\n");
        }
        return rows.toString();
    }

    private static String cohort(String domain, int concept) {
        return """
                {"ConceptSets": [{"id": 0, "name": "one", "expression": {"items": [
                    {"concept": {"CONCEPT_ID": %d}, "isExcluded": false, "includeDescendants": false, "includeMapped": false}]}}],
                 "PrimaryCriteria": {"CriteriaList": [{"%s": {"CodesetId": 0}}],
                    "ObservationWindow": {"PriorDays": 0, "PostDays": 0}, "PrimaryCriteriaLimit": {"Type": "All"}},
                 "QualifiedLimit": {"Type": "All"}, "ExpressionLimit": {"Type": "All"}, "InclusionRules": [],
                 "EndStrategy": {"DateOffset": {"DateField": "EndDate", "Offset": 0}},
                 "CensoringCriteria": [], "CollapseSettings": {"CollapseType": "ERA", "EraPad": 0}, "CensorWindow": {}}
                """.formatted(concept, domain);
    }

    private static Path write(Path folder, Map<String, String> files) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            return folder;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
