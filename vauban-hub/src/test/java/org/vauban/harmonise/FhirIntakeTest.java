package org.vauban.harmonise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a hospital's resources. */
class FhirIntakeTest {
    private static final String PATIENT =
            "{\"resourceType\":\"Patient\",\"id\":\"9\",\"gender\":\"female\",\"birthDate\":\"1950-07-14\"}";

    @TempDir
    Path folder;

    private SmallDeposit hospital() {
        return new SmallDeposit(folder).knows("9", 1).ndjson("Patient", PATIENT);
    }

    @Test
    void theRankInTheEncounterTellsWhichDiagnosisIsThePrincipalOne() {
        try (var tables = hospital()
                .ndjson("Condition", condition("1", "K25.0"), condition("2", "I10"), condition("3", "E11.9"))
                .ndjson("Encounter", """
                        {"resourceType":"Encounter","id":"5","status":"finished","class":{"code":"IMP"},\
                        "subject":{"reference":"Patient/9"},"period":{"start":"2015-01-20","end":"2015-01-23"},\
                        "diagnosis":[{"condition":{"reference":"Condition/1"},"rank":1},\
                        {"condition":{"reference":"Condition/2"},"rank":2}]}""")
                .mapped()) {

            assertThat(tables.rows("SELECT condition_source_value, condition_status_concept_id, visit_occurrence_id"
                            + " FROM condition_occurrence ORDER BY 1"))
                    .containsExactly("E119 0 1", "I10 32908 1", "K250 32902 1");
        }
    }

    @Test
    void whatNeverHappenedHasNoDayOrIsNoResourceIsRejectedByLine() throws IOException {
        try (var tables = hospital()
                .ndjson(
                        "Procedure",
                        "{\"resourceType\":\"Procedure\",\"id\":\"1\",\"status\":\"not-done\",\"subject\":{\"reference\":\"Patient/9\"},\"performedDateTime\":\"2015-01-20\"}",
                        "{\"resourceType\":\"Procedure\",\"id\":\"2\",\"status\":\"completed\",\"subject\":{\"reference\":\"Patient/9\"}}",
                        "no json at all",
                        "{\"resourceType\":\"Procedure\",\"id\":\"3\",\"status\":\"completed\",\"subject\":{\"reference\":\"Patient/8\"},\"performedDateTime\":\"2015-01-20\"}",
                        "{\"resourceType\":\"Procedure\",\"id\":\"4\",\"status\":\"completed\",\"subject\":{\"reference\":\"Patient/9\"},\"performedDateTime\":\"2015-01-21\","
                                + "\"code\":{\"coding\":[{\"system\":\"https://smt.esante.gouv.fr/terminologie-ccam\",\"code\":\"HEQE002\"}]}}")
                .mapped()) {

            assertThat(tables.rows("SELECT procedure_source_value, procedure_date FROM procedure_occurrence"))
                    .containsExactly("HEQE002 2015-01-21");
            assertThat(Files.readAllLines(folder.resolve("rejects.csv")).stream()
                            .skip(1))
                    .map(line -> line.split(",")[2] + ' ' + line.split(",")[5])
                    .containsExactly("1 never_happened", "2 no_day", "3 no_json", "4 unknown_person");
        }
    }

    @Test
    void eachComponentOfAnObservationIsAResultAndTextsAreLeftOut() {
        try (var tables = hospital().ndjson("Observation", """
                        {"resourceType":"Observation","id":"7","status":"final","subject":{"reference":"Patient/9"},\
                        "code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},"effectiveDateTime":"2015-01-20T08:00:00Z",\
                        "component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":128,"code":"mm[Hg]"}},\
                        {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":81,"code":"mm[Hg]"}}]}""", """
                        {"resourceType":"Observation","id":"8","status":"final","subject":{"reference":"Patient/9"},\
                        "code":{"coding":[{"system":"http://loinc.org","code":"72166-2"}]},"effectiveDateTime":"2015-01-20",\
                        "valueString":"Madame Dupont ne fume plus"}""").mapped()) {

            assertThat(
                            tables.rows(
                                    "SELECT measurement_source_value, value_as_number, unit_source_value FROM measurement ORDER BY 1"))
                    .containsExactly("8462-4 81.0 mm[Hg]", "8480-6 128.0 mm[Hg]");
            assertThat(tables.rows("SELECT observation_source_value, value_source_value FROM observation"))
                    .containsExactly("72166-2 -");
        }
    }

    private static String condition(String id, String code) {
        return "{\"resourceType\":\"Condition\",\"id\":\"" + id
                + "\",\"code\":{\"coding\":[{\"system\":\"http://hl7.org/fhir/sid/icd-10\",\"code\":\"" + code
                + "\"}]},\"subject\":{\"reference\":\"Patient/9\"},\"encounter\":{\"reference\":\"Encounter/5\"},"
                + "\"onsetDateTime\":\"2015-01-20\"}";
    }
}
