package org.vauban.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vauban.app.cli.OwnProcess;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * The custodian of the demonstration: a process of its own, with its own folder beside HOME. In earnest it is another
 * organisation's.
 */
final class DemoCustodian implements AutoCloseable {
    private static final String MAIN = "org.vauban.custodian.CustodianMain";

    private final DemoFolders folders;
    private @Nullable Process process;

    DemoCustodian(DemoFolders folders) {
        this.folders = folders;
    }

    /** Starts it and waits until it listens. It stops when this process ends, however that happens. */
    void start() {
        try {
            Path custodian = Files.createDirectories(
                    folders.custodian(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path passphrase = custodian.resolve("passphrase");
            Files.createFile(
                    passphrase, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passphrase, RandomWord.secret() + "\n");
            Process started = OwnProcess.of(
                            MAIN,
                            List.of(
                                    "serve",
                                    "--dir",
                                    custodian.toString(),
                                    "--passphrase-file",
                                    passphrase.toString(),
                                    "--until-stdin-closes"))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process = started;
            var answers = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
            String ready = answers.readLine();
            if (ready == null || !ready.startsWith("ready ")) {
                throw Problem.of(ProblemCode.KEYS_ABSENT).found(custodian).exception();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroy();
            }
        } catch (IOException alreadyGone) {
            process.destroy();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
    }
}
