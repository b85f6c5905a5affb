package org.vauban.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vauban.app.cli.OwnProcess;

/**
 * Three witnesses in processes, folders and keys of their own, of whom two must cosign, and an outsider who has their keys, the log's files
 * and the ledger's jar, and nothing else. In earnest each is another body's, on another machine.
 */
final class DemoWitnesses {
    private static final String WITNESS = "org.vauban.ledger.witness.WitnessMain";
    private static final String VERIFIER = "org.vauban.ledger.verify.Verify";
    private static final List<String> NAMES = List.of("hospital", "authority", "citizens");
    private static final int QUORUM = 2;
    private static final Pattern COVERED = Pattern.compile("(?m)^quorum: .* asked for; (\\d+) entries");

    private static final FileAttribute<?> PRIVATE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final DemoFolders folders;

    DemoWitnesses(DemoFolders folders) {
        this.folders = folders;
    }

    /** The file for the hub's operator: who must have cosigned, and where they are asked. */
    Path policy() {
        return folders.witnesses().resolve("policy");
    }

    /** The same for the outsider: the log's key, the witnesses' keys, and no address. */
    Path outsidersPolicy() {
        return folders.outside().resolve("outsider").resolve("policy");
    }

    /** Starts them for a log that has this key. */
    void start(String logKey, DemoZones zones) {
        try (ExecutorService sideBySide = Executors.newFixedThreadPool(NAMES.size())) {
            Files.createDirectories(folders.witnesses(), PRIVATE_FOLDER);
            List<Future<Witness>> starting = NAMES.stream()
                    .map(name -> sideBySide.submit(() -> start(name, logKey, zones)))
                    .toList();
            List<Witness> witnesses = new ArrayList<>();
            for (Future<Witness> each : starting) {
                witnesses.add(each.get());
            }
            write(policy(), witnesses.stream().map(Witness::line), "");
            write(outsidersPolicy(), witnesses.stream().map(Witness::lineWithoutAddress), "log " + logKey + "\n");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new VerbFailedException("witness serve", 1);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private record Witness(String name, String key, String address) {
        String line() {
            return lineWithoutAddress() + ' ' + address;
        }

        String lineWithoutAddress() {
            return "witness " + name + ' ' + key;
        }
    }

    /** Makes one, tells it the log, and lets it serve. */
    private Witness start(String name, String logKey, DemoZones zones) throws IOException, InterruptedException {
        Path passphrase = folders.witnesses().resolve(name + ".passphrase");
        Files.createFile(passphrase, PRIVATE_FILE);
        Files.writeString(passphrase, RandomWord.secret() + "\n");
        List<String> folder = List.of("--dir", folders.witnesses().resolve(name).toString());
        List<String> withPassphrase = and(folder, "--passphrase-file", passphrase.toString());
        String key = run("init", and(withPassphrase, "--name", name + ".demonstration/w1"));
        run("add-log", and(folder, logKey));
        String address = zones.start(
                OwnProcess.of(WITNESS, words("serve", and(withPassphrase, "--port", "0", "--until-stdin-closes"))),
                () -> new VerbFailedException("witness serve", 1));
        return new Witness(name, key, address);
    }

    private static List<String> and(List<String> words, String... others) {
        return Stream.concat(words.stream(), Arrays.stream(others)).toList();
    }

    private static List<String> words(String verb, List<String> others) {
        return Stream.concat(Stream.of(verb), others.stream()).toList();
    }

    private static String run(String verb, List<String> arguments) throws IOException, InterruptedException {
        Process process = OwnProcess.of(WITNESS, words(verb, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = process.waitFor();
        if (status != 0) {
            throw new VerbFailedException("witness " + verb, status);
        }
        return said;
    }

    private static void write(Path file, Stream<String> witnesses, String before) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                before + witnesses.map(line -> line + "\n").collect(Collectors.joining()) + "group all-of-them "
                        + QUORUM + ' ' + String.join(" ", NAMES) + "\nquorum all-of-them\n");
    }

    /**
     * What an outsider does who has the log's public files: verifies them in a process that has the ledger's jar and nothing else.
     *
     * @return how many entries stand under a checkpoint that enough witnesses cosigned
     */
    long verifyOutside() {
        Path copy = folders.outside().resolve("outsider").resolve("log");
        try {
            copy(folders.home().resolve("ledger"), copy);
            Process verifier = OwnProcess.of(
                            VERIFIER,
                            List.of(
                                    copy.toString(),
                                    "--policy",
                                    outsidersPolicy().toString()))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(verifier.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = verifier.waitFor();
            Matcher covered = COVERED.matcher(said);
            if (status != 0 || !covered.find()) {
                throw new VerbFailedException("audit verify", Math.max(status, 1));
            }
            return Long.parseLong(covered.group(1));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new VerbFailedException("audit verify", 1);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
