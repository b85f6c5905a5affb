package org.vauban.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Run once by the build: lets the virtual machine remember what the splitter loads and runs at its start, because a deposit starts it
 * twice and a start costs more than splitting a small folder. Without the cache everything works as well.
 */
public final class StartCaches {
    private static final String ANY_KEY = "09".repeat(32);

    private StartCaches() {}

    /** @param arguments an empty folder to work in */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Files.deleteIfExists(OwnProcess.startCache(DepositVerbs.SPLITTER));
        Path work = Path.of(arguments[0]);
        Path producers = work.resolve("producers");
        run(OwnProcess.of(
                ProcessVerbs.SYNTH, List.of("--persons", "60", "--seed", "1", "--out", producers.toString())));

        ProcessBuilder splitter = OwnProcess.of(
                DepositVerbs.SPLITTER,
                DepositVerbs.SPLITTER_STANDS_ON,
                List.of(
                        "split",
                        producers.resolve("hospital-1").toString(),
                        "--producer",
                        "hospital-1",
                        "--hub-key",
                        ANY_KEY,
                        "--identity-key",
                        ANY_KEY,
                        "--out",
                        work.resolve("envelopes").toString()));
        List<String> remembering = new ArrayList<>(splitter.command());
        remembering.add(1, "-XX:AOTCacheOutput=" + OwnProcess.startCache(DepositVerbs.SPLITTER));
        run(splitter.command(remembering));
    }

    private static void run(ProcessBuilder program) throws IOException, InterruptedException {
        int status = program.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("exit status " + status);
        }
    }
}
