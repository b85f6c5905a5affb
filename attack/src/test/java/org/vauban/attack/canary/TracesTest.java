package org.vauban.attack.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What names, sizes and regular bytes betray is seen. */
class TracesTest {
    private static final List<Traces.Shape> SHAPES =
            List.of(Traces.Shape.open("settings", "home\\.json"), Traces.Shape.sealed("object", "objects/[0-9a-f]{8}"));

    @TempDir
    Path folder = Path.of("");

    @Test
    void aNameOfNoKnownShapeIsTold() throws IOException {
        Files.createDirectories(folder.resolve("disease=HIV"));
        Files.createFile(folder.resolve("disease=HIV/part-0"));
        Files.createFile(folder.resolve("home.json"));

        assertThat(Traces.in(folder, SHAPES).unknown()).containsExactly("disease=HIV/part-0");
    }

    @Test
    void whatIsSealedMustLookLikeChance() throws IOException {
        Files.createDirectory(folder.resolve("objects"));
        byte[] chance = new byte[5_000];
        new Random(1).nextBytes(chance);
        Files.write(folder.resolve("objects/00000001"), chance);
        Files.write(folder.resolve("objects/00000002"), "diabetes;".repeat(600).getBytes(StandardCharsets.UTF_8));

        assertThat(Traces.in(folder, SHAPES).regular()).containsExactly("objects/00000002");
    }

    /** Whatever their length, random bytes pass; the bound is not so narrow that a test run fails by chance. */
    @Test
    void randomBytesLookLikeChanceAtEverySize() {
        var random = new Random(2);
        for (int size = 600; size < 200_000; size = size * 5 / 4) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);

            assertThat(Traces.looksLikeChance(bytes)).as("%d bytes", size).isTrue();
        }
    }

    /** A segment of 1 KiB under a header of 106 bytes: rounded sizes are told from others. */
    @Test
    void aSizeThatIsNotRoundedIsTold() throws IOException {
        Files.createDirectory(folder.resolve("objects"));
        Files.write(folder.resolve("objects/0000000a"), object(1_024));
        Files.write(folder.resolve("objects/0000000b"), object(1_025));

        Traces traces = Traces.in(folder, SHAPES);

        assertThat(traces.unrounded()).containsExactly("objects/0000000b");
        assertThat(traces.objects()).isEqualTo(2);
        assertThat(traces.sizes()).isEqualTo(2);
    }

    /** A sealed object of one segment: header, the stream's 40 bytes, the padded content, a tag of 16. */
    private static byte[] object(int padded) {
        byte[] bytes = new byte[4 + 1 + 1 + 16 + 1 + 4 + 2 + 60 + 40 + padded + 16];
        new Random(3).nextBytes(bytes);
        System.arraycopy("VOBJ".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 4);
        bytes[4] = 1;
        bytes[5] = 12;
        bytes[22] = 4;
        bytes[27] = 0;
        bytes[28] = 60;
        return bytes;
    }
}
