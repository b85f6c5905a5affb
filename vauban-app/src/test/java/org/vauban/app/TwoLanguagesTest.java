package org.vauban.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A problem's sentence is told in the reader's language to its last word: what was expected and found is a name, a number or a phrase. */
class TwoLanguagesTest {
    private static final Path MODULES =
            Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());

    /** What stands in a sentence and is written out: with two plain words in a row it is English. */
    private static final Pattern WRITTEN_OUT = Pattern.compile(
            "\\.(?:expected|found)\\(\\s*\"([^\"]*)\"" + "|\\.wrongValue\\(\\s*[\\w\".-]+,\\s*\"([^\"]*)\"");

    private static final Pattern ENGLISH = Pattern.compile("[a-z]{2,} [a-z]{2,}");

    @Test
    void whatWasExpectedAndFoundIsWrittenInNoSingleLanguage() throws IOException {
        List<String> english = new ArrayList<>();
        int read = 0;
        for (Path module : modules()) {
            try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    english.addAll(englishIn(Files.readString(file), String.valueOf(file.getFileName())));
                    read++;
                }
            }
        }

        assertThat(read).isGreaterThan(500);
        assertThat(english).isEmpty();
    }

    @Test
    void wordsThatAreWrittenOutAreSeen() {
        assertThat(englishIn("throw problem.expected(\"a file that is whole\")", "A.java"))
                .hasSize(1);
        assertThat(englishIn("fields.wrongValue(\"name\", \"each name once\", name)", "A.java"))
                .hasSize(1);
        assertThat(englishIn("problem.expected(Phrase.A_FILE).found(\"SHA-256 \" + sum)", "A.java"))
                .isEmpty();
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(MODULES)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
                    // Has no words for people but its own.
                    .filter(folder -> !folder.endsWith("vauban-ledger") && !folder.endsWith("vauban-synth"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> englishIn(String text, String file) {
        List<String> found = new ArrayList<>();
        Matcher written = WRITTEN_OUT.matcher(text);
        while (written.find()) {
            String words = written.group(1) != null ? written.group(1) : written.group(2);
            if (ENGLISH.matcher(words).find()) {
                found.add(file + ": " + words);
            }
        }
        return found;
    }
}
