package org.vauban.harmonise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eras: what lies within thirty days is one, and records of the same day never tear it apart. */
class ErasTest {
    @TempDir
    Path folder;

    @Test
    void manyRecordsOfOneDayAreOneEraHoweverTheyAreOrdered() {
        String[] conditions = Stream.concat(
                        Stream.of("2015-01-01"),
                        Stream.generate(() -> "2015-06-01").limit(3_000))
                .map(day -> """
                        {"resourceType":"Condition","id":"1","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"I10"}]},\
                        "subject":{"reference":"Patient/P"},"onsetDateTime":"%s"}""".formatted(day))
                .toArray(String[]::new);
        try (var tables = new SmallDeposit(folder)
                .knows("P", 1)
                .ndjson("Patient", """
                        {"resourceType":"Patient","id":"P","gender":"female","birthDate":"1950-07-14"}""")
                .ndjson("Condition", conditions)
                .mapped()) {

            assertThat(tables.rows("SELECT condition_era_start_date, condition_era_end_date, condition_occurrence_count"
                            + " FROM condition_era ORDER BY ALL"))
                    .containsExactly("2015-01-01 2015-01-01 1", "2015-06-01 2015-06-01 3000");
        }
    }
}
