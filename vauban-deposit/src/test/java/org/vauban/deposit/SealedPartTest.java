package org.vauban.deposit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.deposit.envelope.SealedPart;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** No part opens but the one that was sealed, for the zone it was sealed for. */
class SealedPartTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void everyChangedByteBreaksTheSeal() throws IOException {
        SmallProducer insurer = SmallProducer.insurer(folder);
        insurer.split();
        Path health = insurer.spool.resolve("health");
        Manifest manifest = Manifest.read(Files.readAllBytes(health.resolve(Manifest.FILE)));
        Manifest.Part part = manifest.parts().getFirst();
        byte[] dataKey = insurer.health.dataKey(SealedPart.of(health, manifest, part));
        Path file = health.resolve(part.name());
        byte[] whole = Files.readAllBytes(file);
        // The sealed key is the custodian's to check: it begins behind 27 bytes and has 80.
        for (int at = 0; at < whole.length; at += at < 140 ? 1 : 7) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            Files.write(file, changed);
            assertThat(code(() -> readWhole(health, manifest, part, dataKey)))
                    .as("byte %d", at)
                    .isEqualTo(ProblemCode.SEAL_BROKEN);
        }
        for (int length = 0; length < whole.length; length += 11) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(code(() -> readWhole(health, manifest, part, dataKey)))
                    .as("cut at %d", length)
                    .isEqualTo(ProblemCode.SEAL_BROKEN);
        }
        Files.write(file, whole);
        readWhole(health, manifest, part, dataKey);
    }

    @Test
    void aPartUnderAnotherNumberIsAnotherPart() throws IOException {
        SmallProducer insurer = SmallProducer.insurer(folder);
        insurer.split();
        Path health = insurer.spool.resolve("health");
        Manifest manifest = Manifest.read(Files.readAllBytes(health.resolve(Manifest.FILE)));
        Manifest.Part first = manifest.parts().get(0);
        Files.copy(
                health.resolve(manifest.parts().get(1).name()),
                health.resolve(first.name()),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> SealedPart.of(health, manifest, first))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        broken -> assertThat(broken.code()).isEqualTo(ProblemCode.SEAL_BROKEN));
    }

    private static void readWhole(Path health, Manifest manifest, Manifest.Part part, byte[] dataKey) {
        try (InputStream content =
                SealedPart.of(health, manifest, part).open(dataKey).content()) {
            content.readAllBytes();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static ProblemCode code(Runnable work) {
        try {
            work.run();
            return ProblemCode.USAGE;
        } catch (ProblemException broken) {
            return broken.code();
        }
    }
}
