package org.vauban.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of docs/threat-model.md is shown by something that exists, or says that it is not. */
class ThreatModelTest {
    private static final Path ROOT = Path.of("docs").toFile().exists() ? Path.of("") : Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern TOOL = Pattern.compile("`(tools/[\\w-]+)`");

    @Test
    void everyLineNamesATestThatExistsOrSaysResidualRisk() throws IOException {
        List<String> lines = attacks();

        assertThat(lines).hasSizeGreaterThan(40).allSatisfy(line -> {
            assertThat(line).containsAnyOf("**residual risk**", "Test.", "`tools/");
            Matcher tool = TOOL.matcher(line);
            while (tool.find()) {
                assertThat(ROOT.resolve(tool.group(1))).isExecutable();
            }
            Matcher test = TEST.matcher(line);
            while (test.find()) {
                assertThat(source(test.group(1))).contains(" void " + test.group(2) + "(");
            }
        });
    }

    /** The rows of all tables but the first, which lists what is protected. */
    private static List<String> attacks() throws IOException {
        try (Stream<String> lines = Files.lines(ROOT.resolve("docs/threat-model.md"))) {
            return lines.dropWhile(line -> !line.startsWith("## A cloud host"))
                    .filter(line -> line.startsWith("| ") && !line.startsWith("| attack |") && !line.startsWith("| |"))
                    .toList();
        }
    }

    private static String source(String test) throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT,
                12,
                (file, _) -> file.endsWith(test + ".java") && file.toString().contains("src/test"))) {
            return Files.readString(files.findFirst().orElseThrow(() -> new AssertionError("no test " + test)));
        }
    }
}
