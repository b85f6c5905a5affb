package org.vauban.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.custodian.CustodianServer;
import org.vauban.identity.protocol.DoorClient;

/** The zone as people and other programs start it. */
class IdentityMainTest {

    @TempDir
    private Path temporary;

    private CustodianServer custodian;

    @BeforeEach
    void start() throws IOException {
        custodian = CustodianServer.start(
                temporary.resolve("custodian"), "not a real passphrase".toCharArray(), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        custodian.close();
    }

    @Test
    void itServesInAProcessOfItsOwnUntilStandardInputCloses() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdentityMain.class.getName(),
                        "serve",
                        "--zone",
                        zone(),
                        "--custodian",
                        custodian.address().toString(),
                        "--until-stdin-closes")
                .redirectErrorStream(true)
                .start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        assertThat(out.readLine()).isEqualTo("ready " + zone() + "/door.sock");
        try (var door = DoorClient.connect(Path.of(zone(), "door.sock"))) {
            assertThat(door.publicKey()).hasSize(32);
        }

        process.getOutputStream().close();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(out.readLine()).isNull();
        assertThat(Path.of(zone(), "door.sock")).doesNotExist();
    }

    @Test
    void aFolderTooDeepForASocketIsServedAllTheSame() throws Exception {
        Path deep = temporary.resolve("d".repeat(90));

        Run run = run(
                "serve",
                "--zone",
                deep.toString(),
                "--custodian",
                custodian.address().toString(),
                "--until-stdin-closes");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("ready ");
    }

    @Test
    void itsFailuresHaveTheirStatus() throws Exception {
        Path open = Files.createDirectory(temporary.resolve("open"));

        assertThat(run().status()).isEqualTo(2);
        assertThat(run("serve").err()).contains("--zone");
        assertThat(run("serve", "--zone", zone(), "--custodian", "nowhere").status())
                .isEqualTo(2);
        assertThat(run("serve", "--zone", zone(), "--custodian", "unix:" + temporary + "/none")
                        .status())
                .isEqualTo(1);
        assertThat(run(
                                "serve",
                                "--zone",
                                open.toString(),
                                "--custodian",
                                custodian.address().toString())
                        .status())
                .isEqualTo(3);
        assertThat(run("--help", "--lang", "fr").out()).contains("La zone d'identité");
    }

    private record Run(int status, String out, String err) {}

    private static Run run(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = IdentityMain.run(
                List.of(words),
                Locale.ENGLISH,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
        return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
    }

    private String zone() {
        return temporary.resolve("zone").toString();
    }
}
