package org.vauban.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.problem.ProblemException;

/** Archives whose makers mean harm, and archives that were damaged on their way. */
class VocabularyFilesTest {
    private static final String HEADER =
            "ancestor_concept_id\tdescendant_concept_id\t" + "min_levels_of_separation\tmax_levels_of_separation\n";

    @TempDir
    Path folder = Path.of("");

    @Test
    void aNameThatPointsOutsideIsRefusedAndNothingIsWrittenThere() throws IOException {
        Path zip = zip("../../outside.csv", "x".getBytes(StandardCharsets.UTF_8));

        assertRefused(zip);
        assertThat(files()).containsExactly(zip);
    }

    @Test
    void aFileThatUnfoldsBeyondReasonIsRefusedBeforeItIsRead() throws IOException {
        byte[] line = "1\t2\t0\t0\n".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        Path zip = zip("CONCEPT_ANCESTOR.csv", line);

        assertThatThrownBy(() -> VocabularyFiles.open(zip))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("INPUT_ARCHIVE_WRONG")
                .hasMessageContaining("unfold to");
    }

    /** What it says is small; what comes is not. */
    @Test
    void aFileThatIsLongerThanItsArchiveSaysIsCutOff() throws IOException {
        Path zip =
                zip("CONCEPT_ANCESTOR.csv", (HEADER + "1\t2\t0\t0\n".repeat(200_000)).getBytes(StandardCharsets.UTF_8));
        byte[] bytes = Files.readAllBytes(zip);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int place = 0; place + 46 < bytes.length; place++) {
            if (buffer.getInt(place) == 0x02014b50) {
                buffer.putInt(place + 24, 500);
            }
        }
        Files.write(zip, bytes);

        assertThatThrownBy(() -> read(zip))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("INPUT_ARCHIVE_WRONG");
    }

    @Test
    void aLongTableOfContentsIsRefusedBeforeItIsRead() throws IOException {
        Path zip = folder.resolve("many.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int number = 0; number < 20_000; number++) {
                out.putNextEntry(new ZipEntry("CONCEPT-%060d.csv".formatted(number)));
                out.closeEntry();
            }
        }

        assertThatThrownBy(() -> VocabularyFiles.open(zip))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("a table of contents of");
    }

    @Test
    void anArchiveInsideAnArchiveIsPassedOver() throws IOException {
        Path inner = zip("CONCEPT.csv", "concept_id\n".getBytes(StandardCharsets.UTF_8));
        Path outer = folder.resolve("outer.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(outer))) {
            out.putNextEntry(new ZipEntry("CONCEPT.csv.gz"));
            out.write(Files.readAllBytes(inner));
            out.putNextEntry(new ZipEntry("inner.zip"));
            out.write(Files.readAllBytes(inner));
        }

        assertThatThrownBy(() -> VocabularyFiles.open(outer)).hasMessageContaining("INPUT_FOLDER_EMPTY");
    }

    @Test
    void aTableThatIsThereTwiceIsTold() throws IOException {
        Path zip = folder.resolve("twice.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("CONCEPT.csv"));
            out.putNextEntry(new ZipEntry("b/concept.csv"));
        }

        assertThatThrownBy(() -> VocabularyFiles.open(zip)).hasMessageContaining("INPUT_TABLE_TWICE");
    }

    @Test
    void whateverIsCutOffOrChangedIsToldAndNeverAFaultOfOurs() throws IOException {
        byte[] noise = new byte[3_000];
        new Random(1).nextBytes(noise);
        var lines = new StringBuilder(HEADER);
        for (byte octet : noise) {
            lines.append(octet & 0xFF).append('\t').append(octet & 0x7F).append("\t0\t0\n");
        }
        byte[] whole =
                Files.readAllBytes(zip("CONCEPT_ANCESTOR.csv", lines.toString().getBytes(StandardCharsets.UTF_8)));
        var random = new Random(20_261_122L);
        Path hurt = folder.resolve("hurt.zip");
        for (int times = 0; times < 200; times++) {
            byte[] bytes =
                    times % 2 == 0 ? java.util.Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int octet = 0; octet < 3 && times % 2 == 1; octet++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(hurt, bytes);
            try {
                read(hurt);
            } catch (ProblemException told) {
                assertThat(told.problems())
                        .allSatisfy(problem -> assertThat(problem.code().name()).startsWith("INPUT_"));
            }
        }
    }

    private static void assertRefused(Path zip) {
        assertThatThrownBy(() -> VocabularyFiles.open(zip))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("INPUT_ARCHIVE_WRONG");
    }

    /** Reads every row as a load does, and writes nothing. */
    private static void read(Path zip) {
        try (VocabularyFiles files = VocabularyFiles.open(zip)) {
            for (CdmFile file : files.files().values()) {
                SourceRows rows = SourceRows.of(file);
                rows.header();
                rows.forEach((_, _, _) -> {});
            }
        }
    }

    private Path zip(String name, byte[] content) throws IOException {
        Path zip = folder.resolve("vocabulary.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(name));
            out.write(content);
        }
        return zip;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
