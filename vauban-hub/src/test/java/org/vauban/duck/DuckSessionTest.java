package org.vauban.duck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.problem.ProblemException;

class DuckSessionTest {
    private static final DuckSession.Limits LIMITS = new DuckSession.Limits(1, 256L << 20);

    @TempDir
    Path folder;

    @Test
    void readsParquetFromASealedMemoryFile() {
        try (MemoryFile file = numbers();
                DuckSession session = DuckSession.open(LIMITS, List.of(file.path()))) {
            assertThat(session.number("SELECT sum(i) FROM read_parquet(" + DuckSession.literal(file.path()) + ")"))
                    .isEqualTo(499_500);
        }
    }

    @Test
    void cannotChangeASealedMemoryFile() throws IOException {
        try (MemoryFile file = numbers();
                DuckSession session = DuckSession.open(LIMITS, List.of(file.path()))) {
            byte[] before = Files.readAllBytes(file.path());

            assertThatThrownBy(() -> session.execute("COPY (SELECT 1) TO " + DuckSession.literal(file.path())
                            + " (FORMAT parquet, USE_TMP_FILE false)"))
                    .isInstanceOf(ProblemException.class);
            assertThatThrownBy(() -> {
                        try (OutputStream out = file.outputStream()) {
                            out.write(1);
                        }
                    })
                    .isInstanceOf(IOException.class);

            assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
        }
    }

    @Test
    void givesTheMemoryBackWhenItIsClosed() {
        MemoryFile file = numbers();
        Path path = file.path();

        file.close();

        assertThat(Files.exists(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_csv('%s')",
                "SELECT * FROM read_text('%s')",
                "SELECT * FROM read_text('/proc/self/environ')",
                "SELECT * FROM glob('/etc/*')",
                "COPY (SELECT 1) TO '%s.out'",
                "ATTACH '%s.db'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET threads = 4",
                "SET enable_external_access = true",
                "SET memory_limit = '100GB'",
                "SET temp_directory = '/tmp'",
                "RESET lock_configuration"
            })
    void refusesWhatReachesOutside(String statement) throws IOException {
        Path other = Files.writeString(folder.resolve("other.csv"), "a\n1\n");
        try (MemoryFile file = numbers();
                DuckSession session = DuckSession.open(LIMITS, List.of(file.path()))) {
            assertThatThrownBy(() -> session.execute(statement.formatted(other)))
                    .isInstanceOf(ProblemException.class);
        }
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(other);
        }
    }

    @Test
    void keepsValuesOutOfItsErrors() {
        try (DuckSession session = DuckSession.open(LIMITS, List.of())) {
            assertThatThrownBy(() -> session.execute("SELECT CAST('Dupont-1850375' AS INTEGER)"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageNotContaining("Dupont")
                    .hasMessageContaining("Conversion Error")
                    .hasNoCause();
        }
    }

    @Test
    void failsCleanlyWhenMemoryEndsAndSpillsNothing() throws IOException {
        try (DuckSession session = DuckSession.open(new DuckSession.Limits(1, 32L << 20), List.of())) {
            assertThatThrownBy(
                            () -> session.execute(
                                    "CREATE TABLE t AS SELECT i, hash(i) h, repeat('x', 100) || i s FROM range(5000000) r(i) ORDER BY h"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("Out of Memory");
        }
        assertThat(Path.of(".tmp")).doesNotExist();
    }

    private static MemoryFile numbers() {
        MemoryFile file = MemoryFile.create();
        try (DuckSession session = DuckSession.open(LIMITS, List.of(file.path()))) {
            session.execute("COPY (SELECT i FROM range(1000) r(i)) TO " + DuckSession.literal(file.path())
                    + " (FORMAT parquet, USE_TMP_FILE false)");
        }
        assertThat(new String(read(file), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
        return file.sealed();
    }

    private static byte[] read(MemoryFile file) {
        try {
            return Files.readAllBytes(file.path());
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }
}
