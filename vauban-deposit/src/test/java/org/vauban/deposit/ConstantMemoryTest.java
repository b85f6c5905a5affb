package org.vauban.deposit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the rows: a table many times larger than the heap is split in a process of its own. */
class ConstantMemoryTest {
    private static final int ROWS = 900_000;

    @TempDir
    Path folder = Path.of("");

    @Test
    void aTableLargerThanTheHeapIsSplit() throws IOException, InterruptedException {
        Path source = Files.createDirectories(folder.resolve("source"));
        try (BufferedWriter table = Files.newBufferedWriter(source.resolve("ER_PRS_F.csv"))) {
            table.write(SmallProducer.NINE + ";BEN_NIR_PSA;BEN_RNG_GEM;REMARQUE\n");
            for (int row = 0; row < ROWS; row++) {
                table.write(SmallProducer.NINE_VALUES + ";PSA" + row + ";1;remarque numero " + row + "\n");
            }
        }
        Path file = source.resolve("ER_PRS_F.csv");
        assertThat(Files.size(file)).isGreaterThan(64_000_000);

        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DepositMain.class.getName(),
                        "split",
                        source.toString(),
                        "--producer",
                        "producer-1",
                        "--hub-key",
                        "09".repeat(32),
                        "--identity-key",
                        "0a".repeat(32),
                        "--out",
                        folder.resolve("spool").toString(),
                        "--quiet"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("said.txt")))
                .isZero();
    }
}
