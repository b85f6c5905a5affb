package org.vauban.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.ledger.SampleEntries.KEY;
import static org.vauban.ledger.SampleEntries.ORIGIN;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.ledger.note.VerifierKey;

class WitnessMainTest {

    private static final String PASSPHRASE = "a witness never forgets\n";

    @TempDir
    private Path temporary;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aWitnessIsMadeToldOfALogAndListed() {
        assertThat(run(PASSPHRASE, "init", "--dir", folder(), "--name", "witness.example/w1"))
                .isZero();
        VerifierKey key = VerifierKey.parse(written().strip());
        assertThat(key.kind()).isEqualTo(VerifierKey.Kind.COSIGNATURE);

        assertThat(run("", "witness", "add-log", KEY.toString(), "--dir", folder()))
                .isZero();
        assertThat(run("", "list", "--dir", folder())).isZero();
        assertThat(written()).contains(key.toString()).contains(ORIGIN + ": 0 entries cosigned");
        assertThat(run("", "list", "--dir", folder(), "--lang", "fr")).isZero();
        assertThat(written()).contains(ORIGIN + " : 0 entrées cosignées");
        assertThat(run("", "list", "--dir", folder(), "--json")).isZero();
        assertThat(written())
                .isEqualTo("{\"key\":\"%s\",\"logs\":[{\"origin\":\"%s\",\"key\":\"%s\",\"size\":0}]}\n"
                        .formatted(key, ORIGIN, KEY));
    }

    @Test
    void itServesUntilItsInputCloses() throws Exception {
        run(PASSPHRASE, "init", "--dir", folder(), "--name", "witness.example/w1");
        try (var keyboard = new PipedOutputStream();
                var in = new PipedInputStream(keyboard)) {
            keyboard.write(PASSPHRASE.getBytes(UTF_8));
            var ready = new CompletableFuture<String>();
            var written = new PrintStream(new ByteArrayOutputStream(), true, UTF_8) {
                @Override
                public void println(String line) {
                    ready.complete(line);
                }
            };
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> WitnessMain.run(
                    List.of("serve", "--dir", folder(), "--port", "0", "--until-stdin-closes"),
                    Locale.ENGLISH,
                    in,
                    written,
                    new PrintStream(err, true, UTF_8)));

            assertThat(ready.get()).startsWith("ready http://");
            keyboard.close();
            assertThat(status.get()).isZero();
        }
        assertThat(complained()).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidWithItsCodeInTheReadersLanguage() throws IOException {
        run(PASSPHRASE, "init", "--dir", folder(), "--name", "witness.example/w1");
        run("", "add-log", KEY.toString(), "--dir", folder());
        Path open = Files.writeString(temporary.resolve("passphrase"), PASSPHRASE);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

        refused(2, "WITNESS_USAGE", "");
        refused(2, "WITNESS_USAGE", "", "dance", "--dir", folder());
        refused(2, "WITNESS_USAGE", "", "list");
        refused(2, "WITNESS_USAGE", "", "list", "--dir");
        refused(2, "WITNESS_USAGE", "", "list", "--dir", folder(), "--unknown");
        refused(2, "WITNESS_USAGE", PASSPHRASE, "serve", "--dir", folder(), "--port", "65536");
        refused(2, "WITNESS_USAGE", PASSPHRASE, "init", "--dir", folder());
        refused(2, "WITNESS_EXISTS", PASSPHRASE, "init", "--dir", folder(), "--name", "w");
        refused(2, "WITNESS_NAME", PASSPHRASE, "init", "--dir", folder(), "--name", "a b");
        refused(
                2,
                "WITNESS_ABSENT",
                "",
                "list",
                "--dir",
                temporary.resolve("nowhere").toString());
        refused(2, "WITNESS_LOG_KNOWN", "", "add-log", KEY.toString(), "--dir", folder());
        refused(2, "WITNESS_LOG_KEY", "", "add-log", "nokey", "--dir", folder());
        refused(2, "WITNESS_PASSPHRASE", "another passphrase\n", "serve", "--dir", folder(), "--port", "0");
        refused(2, "WITNESS_PASSPHRASE_FILE", "", "serve", "--dir", folder(), "--passphrase-file", open.toString());
        refused(
                2,
                "WITNESS_PASSPHRASE_FILE",
                "short\n",
                "init",
                "--dir",
                temporary.resolve("other").toString(),
                "--name",
                "w");
        Files.delete(folder("logs", KnownLog.nameOf(ORIGIN), "checkpoint"));
        refused(4, "WITNESS_STATE_BROKEN", "", "list", "--dir", folder());
    }

    @Test
    void everyCodeAndEverySentenceIsThereInBothLanguages() {
        ResourceBundle english = Words.in(Locale.ENGLISH);
        ResourceBundle french = Words.in(Locale.FRENCH);

        assertThat(new TreeSet<>(french.keySet())).isEqualTo(new TreeSet<>(english.keySet()));
        for (WitnessException.Code code : WitnessException.Code.values()) {
            for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
                assertThat(new WitnessException(code, "what was found").line(language))
                        .startsWith(code + ": ")
                        .contains(" \u2192 ")
                        .doesNotContain("{");
            }
        }
        assertThat(run("", "--help")).isZero();
        assertThat(written()).startsWith("Usage: vauban witness init").endsWith("--lang fr|en.\n");
        assertThat(run("", "--help", "--lang", "fr")).isZero();
        assertThat(written()).startsWith("Usage : vauban witness init");
    }

    private void refused(int status, String code, String input, String... arguments) {
        assertThat(run(input, arguments)).as(code).isEqualTo(status);
        assertThat(complained()).startsWith(code + ": ").contains(" \u2192 ").hasLineCount(1);
        assertThat(written()).isEmpty();
    }

    private int run(String input, String... arguments) {
        out.reset();
        InputStream in = new ByteArrayInputStream(input.getBytes(UTF_8));
        return WitnessMain.run(
                List.of(arguments),
                Locale.ENGLISH,
                in,
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }

    private String written() {
        return out.toString(UTF_8);
    }

    private String complained() {
        String complaint = err.toString(UTF_8);
        err.reset();
        return complaint;
    }

    private String folder() {
        return temporary.resolve("witness").toString();
    }

    private Path folder(String... inside) {
        return temporary.resolve("witness").resolve(String.join("/", inside));
    }
}
