package org.vauban.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Needs;

/** In which order a person's rows of the same day come: by their key, and where that does not tell, by their values. */
class OrderOfRowsTest {
    private static final CdmColumn CAUSE = CdmTable.DEATH.column("cause_concept_id");
    private static final CdmColumn CONDITION = Domain.CONDITION_OCCURRENCE.conceptColumn();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"7,8,9", "9,8,7", "8,9,7"})
    void rowsThatNoKeyTellsApartComeByTheirValues(String causes) throws IOException {
        var rows = new StringBuilder("person_id,death_date,cause_concept_id\n");
        for (String cause : causes.split(",")) {
            rows.append("1,2020-03-01,").append(cause).append('\n');
        }
        Files.writeString(folder.resolve("death.csv"), rows);

        assertThat(read(Domain.DEATH, CAUSE)).containsExactly(7, 8, 9);
    }

    @Test
    void rowsWithAKeyComeByIt() throws IOException {
        Files.writeString(folder.resolve("condition_occurrence.csv"), """
                condition_occurrence_id,person_id,condition_concept_id,condition_start_date,condition_type_concept_id
                12,1,7,2020-03-01,0
                10,1,9,2020-03-01,0
                11,1,8,2020-03-01,0
                """);

        assertThat(read(Domain.CONDITION_OCCURRENCE, CONDITION)).containsExactly(9, 8, 7);
    }

    private int[] read(Domain domain, CdmColumn column) {
        try (LaboratorySource source = CdmFolder.open(folder).laboratory()) {
            Events events =
                    source.read(0, Needs.of(column.table(), column.name())).events(domain);
            return IntStream.range(events.from(0), events.to(0))
                    .map(row -> events.ints(column)[row])
                    .toArray();
        }
    }
}
