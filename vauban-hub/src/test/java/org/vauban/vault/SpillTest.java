package org.vauban.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits on disk can be read by the process that put it there, and by nobody else. */
class SpillTest {
    private static final byte[] CONTENT = "Madame Dupont, 1 84 12 76 451 089 46".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final TestKeys keys = new TestKeys();

    @Test
    void whatWaitsIsGivenBackOnceAndIsGone() throws IOException {
        try (Spill spill = Vault.open(folder, keys).spill()) {
            Spill.Piece piece = spill.put(Plaintext.of(CONTENT));

            assertThat(taken(spill, piece)).isEqualTo(CONTENT);
            assertThat(pieces()).isEmpty();
        }
    }

    @Test
    void onDiskNothingOfItCanBeReadAndTheSizeTellsLittle() throws IOException {
        try (Spill spill = Vault.open(folder, keys).spill()) {
            spill.put(Plaintext.of(CONTENT));
            spill.put(Plaintext.of(new byte[] {1}));

            assertThat(pieces()).hasSize(2);
            assertThat(Files.readString(pieces().getFirst(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("Dupont");
            assertThat(Files.size(pieces().getFirst())).isEqualTo(Files.size(pieces().getLast()));
        }
    }

    @Test
    void aChangedPieceIsNotGivenBackAndNeitherIsOneInThePlaceOfAnother() throws IOException {
        try (Spill spill = Vault.open(folder, keys).spill()) {
            Spill.Piece changed = spill.put(Plaintext.of(CONTENT));
            byte[] bytes = Files.readAllBytes(pieces().getFirst());
            bytes[bytes.length - 1] ^= 1;
            Files.write(pieces().getFirst(), bytes);
            assertThatThrownBy(() -> taken(spill, changed)).hasMessageStartingWith("SEAL_BROKEN");

            Spill.Piece one = spill.put(Plaintext.of(CONTENT));
            Path ofOne = pieces().getFirst();
            spill.put(Plaintext.of(CONTENT));
            Files.copy(pieces().getLast(), ofOne, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> taken(spill, one)).hasMessageStartingWith("SEAL_BROKEN");
        }
    }

    @Test
    void closingRemovesWhatStillWaitsAndSoDoesTheNextStart() throws IOException {
        Vault vault = Vault.open(folder, keys);
        try (Spill spill = vault.spill()) {
            spill.put(Plaintext.of(CONTENT));
        }
        assertThat(pieces()).isEmpty();

        vault.spill().put(Plaintext.of(CONTENT));
        Vault.open(folder, keys);
        assertThat(pieces()).isEmpty();
    }

    private static byte[] taken(Spill spill, Spill.Piece piece) {
        var bytes = new ByteArrayOutputStream();
        spill.take(piece, bytes);
        return bytes.toByteArray();
    }

    private java.util.List<Path> pieces() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("spill"))) {
            return files.sorted().toList();
        }
    }
}
