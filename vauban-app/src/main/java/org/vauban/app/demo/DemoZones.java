package org.vauban.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.vauban.app.cli.OwnProcess;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * The processes beside the hub's: each zone's custodian, and the identity zone itself, in folders of their own beside HOME. In earnest
 * they are other organisations'.
 */
final class DemoZones implements AutoCloseable {
    private static final String CUSTODIAN = "org.vauban.custodian.CustodianMain";
    private static final String IDENTITY = "org.vauban.identity.IdentityMain";
    private static final String READY = "ready ";
    private static final String CUSTODIAN_CLIENT = "org.vauban.custodian.CustodianClient";

    private final DemoFolders folders;
    private final Deque<Process> processes = new ConcurrentLinkedDeque<>();

    DemoZones(DemoFolders folders) {
        this.folders = folders;
    }

    /** The hub's custodian. */
    void startCustodian() {
        startCustodian(folders.custodian());
    }

    /** The identity zone, with a custodian that is not the hub's. */
    void startIdentityZone() {
        startCustodian(folders.identityCustodian());
        start(
                OwnProcess.of(
                        IDENTITY,
                        List.of(CUSTODIAN_CLIENT),
                        List.of(
                                "serve",
                                "--zone",
                                folders.identity().toString(),
                                "--custodian",
                                "unix:" + folders.identityCustodian().resolve("custodian.sock"),
                                "--until-stdin-closes")),
                () -> Problem.of(ProblemCode.IDENTITY_ZONE_ABSENT)
                        .found(folders.identity())
                        .exception());
    }

    private void startCustodian(Path folder) {
        try {
            Path custodian = Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path passphrase = custodian.resolve("passphrase");
            Files.createFile(
                    passphrase, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passphrase, RandomWord.secret() + "\n");
            start(
                    OwnProcess.of(
                            CUSTODIAN,
                            List.of(
                                    "serve",
                                    "--dir",
                                    custodian.toString(),
                                    "--passphrase-file",
                                    passphrase.toString(),
                                    "--until-stdin-closes")),
                    () -> Problem.of(ProblemCode.KEYS_ABSENT).found(custodian).exception());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Starts it, waits until it listens and returns where. It stops when this process ends, however that happens. */
    String start(ProcessBuilder program, Supplier<RuntimeException> absent) {
        try {
            Process started =
                    program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            processes.push(started);
            var answers = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
            String ready = answers.readLine();
            if (ready == null || !ready.startsWith(READY)) {
                throw absent.get();
            }
            return ready.substring(READY.length());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        while (!processes.isEmpty()) {
            stop(processes.pop());
        }
    }

    private static void stop(Process process) {
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
