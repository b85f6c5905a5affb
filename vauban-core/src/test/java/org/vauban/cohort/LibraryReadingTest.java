package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.vauban.document.Documents;
import org.vauban.problem.ProblemException;
import org.vauban.study.SharedReference;

/** Every definition of the phenotype library that is given can be read. */
class LibraryReadingTest {
    private static final int DEFINITIONS = 553;

    @Test
    void theWholeLibraryIsUnderstood() throws IOException {
        List<String> refused = new ArrayList<>();
        int read = 0;

        try (ZipFile library = new ZipFile(SharedReference.folder("data/cohorts/phenotypelibrary-cohorts-json.zip")
                .toFile())) {
            for (Enumeration<? extends ZipEntry> entries = library.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                try (InputStream json = library.getInputStream(entry)) {
                    CohortDefinition cohort = CohortDefinition.parse(
                            Documents.json(entry.getName(), new String(json.readAllBytes(), StandardCharsets.UTF_8)));
                    assertThat(cohort.needs().columns()).isNotEmpty();
                    read++;
                } catch (ProblemException problem) {
                    refused.add(entry.getName() + " " + problem.getMessage());
                }
            }
        }

        assertThat(refused).isEmpty();
        assertThat(read).isEqualTo(DEFINITIONS);
    }
}
