package org.vauban.attack.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tools/no-egress} with few people and without strace: packets off loopback are counted, and its own planted look-up is seen. */
class EgressTest {
    private static final int NOT_RUN = 77;
    private static final String PERSONS = "100";

    @TempDir
    Path folder = Path.of("");

    @Test
    void theDemonstrationSendsNoPacketAndAPlantedLookUpIsSeen() throws IOException, InterruptedException {
        InstalledProgram program = InstalledProgram.in(folder.resolve("program"));
        Path log = folder.resolve("log");
        var builder = new ProcessBuilder(
                        "../tools/no-egress", folder.resolve("work").toString(), PERSONS)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("VAUBAN_LAUNCHER", program.launcher().toString());
        builder.environment().put("NO_EGRESS_STRACE", "no");

        int status = builder.start().waitFor();
        program.removeLinks();

        System.out.print(Files.readString(log));
        Assumptions.assumeFalse(status == NOT_RUN, () -> "no network namespaces on this machine");
        assertThat(status).as(Files.readString(log)).isZero();
    }
}
