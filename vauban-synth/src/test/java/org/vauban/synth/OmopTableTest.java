package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OmopTableTest {
    @Test
    void columnsAreThoseOfTheSpecificationInItsOrder() throws IOException {
        Path specification = RepositoryFolders.shared().resolve("data/cdm-spec/OMOP_CDMv5.4_Field_Level.csv");
        List<List<String>> lines = CsvText.read(specification);
        int table = lines.getFirst().indexOf("cdmTableName");
        int field = lines.getFirst().indexOf("cdmFieldName");
        Map<String, List<String>> specified = new HashMap<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            specified
                    .computeIfAbsent(line.get(table).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(line.get(field).toLowerCase(Locale.ROOT));
        }

        for (OmopTable written : OmopTable.values()) {
            assertThat(written.columns()).as(written.fileName()).isEqualTo(specified.get(written.fileName()));
        }
    }
}
