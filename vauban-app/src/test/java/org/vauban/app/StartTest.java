package org.vauban.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Starting is cheap: help loads few classes and nothing heavy. */
class StartTest {
    private static final int CLASSES_MAX = 1_500;

    @Test
    void helpLoadsFewerThanFifteenHundredClassesAndNothingHeavy() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:stdout",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.vauban.app.Main",
                        "--help")
                .redirectErrorStream(true)
                .start();
        String written = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> loaded =
                written.lines().filter(line -> line.contains(" source: ")).toList();

        assertThat(process.exitValue()).isZero();
        assertThat(written).contains("Vauban");
        assertThat(loaded).hasSizeBetween(400, CLASSES_MAX - 1);
        assertThat(loaded)
                .noneMatch(line -> line.contains("org.springframework.")
                        || line.contains("tools.jackson.")
                        || line.contains("com.google.crypto.")
                        || line.contains("org.vauban.hub.")
                        || line.contains("org.sqlite."));
    }
}
