package org.vauban.custodian;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.custodian.CustodianFixture.EDITION;
import static org.vauban.custodian.CustodianFixture.bytes;
import static org.vauban.custodian.CustodianFixture.failureOf;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.custodian.CustodianException.Kind;

/** The custodian as people and other programs start it. */
class CustodianMainTest {

    private static final String PASSPHRASE = "not a real passphrase";

    @TempDir
    private Path temporary;

    @Test
    void itServesUntilStandardInputCloses() throws Exception {
        Process process = start("--until-stdin-closes");
        CustodianAddress address = ready(process);
        try (Custodian custodian = CustodianClient.connect(address)) {
            custodian.createKey(EDITION, KeyKind.AES_256);
        }

        process.getOutputStream().close();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(lastLogLine()).endsWith(" stop - 0 asked");
    }

    @Test
    void itStopsInOrderWhenTerminated() throws Exception {
        Process process = start();
        ready(process);

        process.destroy();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(lastLogLine()).endsWith(" stop - 0 asked");
        assertThat(temporary.resolve("keys/custodian.sock")).doesNotExist();
    }

    @Test
    void aKilledCustodianIsAbsentAndStartsAgain() throws Exception {
        Process process = start("--until-stdin-closes");
        CustodianAddress address = ready(process);
        try (Custodian custodian = CustodianClient.connect(address)) {
            custodian.createKey(EDITION, KeyKind.AES_256);
            byte[] wrapped = custodian.wrap(EDITION, bytes(32, 1), new byte[0]);

            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

            assertThat(failureOf(() -> custodian.unwrap(EDITION, wrapped, new byte[0]))
                            .kind())
                    .isEqualTo(Kind.ABSENT);
            assertThat(failureOf(() -> CustodianClient.connect(address)).kind()).isEqualTo(Kind.ABSENT);
            Process again = start("--until-stdin-closes");
            ready(again);
            assertThat(custodian.unwrap(EDITION, wrapped, new byte[0])).isEqualTo(bytes(32, 1));
            again.getOutputStream().close();
            assertThat(again.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theWrongPassphraseEndsWithStatusTwo() throws Exception {
        CustodianFixture.start(temporary.resolve("keys")).close();

        Run run = run("another passphrase\n", "serve", "--dir", keys(), "--until-stdin-closes");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("The passphrase does not open").doesNotContain("another");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aChangedKeyFileEndsWithStatusFour() throws Exception {
        CustodianFixture.start(temporary.resolve("keys")).close();
        Path file = temporary.resolve("keys/custodian.keys");
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.write(file, content);

        Run run = run(PASSPHRASE + "\n", "serve", "--dir", keys(), "--until-stdin-closes");

        assertThat(run.status()).isEqualTo(4);
    }

    @Test
    void thePassphraseMayComeFromAFileOfTheOwner() throws Exception {
        Path file = Files.writeString(temporary.resolve("passphrase"), PASSPHRASE + "\r\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        Run run = run("", "serve", "--dir", keys(), "--passphrase-file", file.toString(), "--until-stdin-closes");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("ready unix:" + keys() + "/custodian.sock\n");
        CustodianFixture.start(temporary.resolve("keys")).close();
    }

    @Test
    void aPassphraseFileThatOthersMayReadIsRefused() throws Exception {
        Path file = Files.writeString(temporary.resolve("passphrase"), PASSPHRASE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        Run run = run("", "serve", "--dir", keys(), "--passphrase-file", file.toString(), "--until-stdin-closes");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("chmod 600");
        assertThat(temporary.resolve("keys")).doesNotExist();
    }

    @Test
    void thereIsNoDefaultPassphrase() {
        Run run = run("", "serve", "--dir", keys(), "--until-stdin-closes");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("at least 12 characters; found 0");
    }

    @Test
    void wrongUsageIsExplainedAndNotRepeated() {
        assertThat(run("").status()).isEqualTo(2);
        assertThat(run("", "serve").err()).contains("--dir DIR");
        assertThat(run("", "serve", "--dir").status()).isEqualTo(2);
        assertThat(run("", "serve", "--dir", keys(), "my passphrase").err()).doesNotContain("my passphrase");
        assertThat(run("", "--help").status()).isZero();
    }

    private record Run(int status, String out, String err) {}

    private static Run run(String in, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = CustodianMain.run(
                List.of(arguments),
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
        return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
    }

    private Process start(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CustodianMain.class.getName(),
                "serve",
                "--dir",
                keys()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().write((PASSPHRASE + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
        return process;
    }

    private static CustodianAddress ready(Process process) throws IOException {
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        assertThat(line).startsWith("ready ");
        return CustodianAddress.parse(line.substring("ready ".length()));
    }

    private String keys() {
        return temporary.resolve("keys").toString();
    }

    private String lastLogLine() throws IOException {
        return Files.readAllLines(temporary.resolve("keys/access.log")).getLast();
    }
}
