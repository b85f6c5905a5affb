package org.vauban.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The hub's folder. It has one owner process at a time (a file lock), carries the number of its format, and holds sealed objects,
 * ids, states, times, the log and what is public.
 */
public final class Home implements AutoCloseable {
    /** The format this program writes. A newer program migrates forward, an older one refuses. */
    public static final int FORMAT = 1;

    private static final String SETTINGS = "home.json";
    private static final String UNFINISHED = SETTINGS + ".new";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final FileChannel lockFile;
    private final Settings settings;

    /**
     * What a home says of itself; none of it is secret.
     *
     * @param format the number of the format
     * @param hubId the hub, as the custodian knows it
     * @param buckets the number of buckets of persons
     * @param ledgerKey the public key of the log's checkpoints, as verifiers pass it on
     * @param ledgerFolder where the log is, if it is on another disk
     * @param custodian where the custodian was when the home was made
     * @param database the server that has the control plane, if it is not a file here
     */
    public record Settings(
            int format,
            String hubId,
            int buckets,
            String ledgerKey,
            Optional<String> ledgerFolder,
            String custodian,
            Optional<String> database) {}

    private Home(Path folder, FileChannel lockFile, Settings settings) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.settings = settings;
    }

    /** The settings of the folder, if it is a home; reading them needs no lock and no key. */
    public static Optional<Settings> settings(Path folder) {
        try {
            JsonNode tree = JSON.readTree(Files.readString(folder.resolve(SETTINGS)));
            int format = tree.path("format").asInt(0);
            if (format > FORMAT) {
                throw Problem.of(ProblemCode.HOME_TOO_NEW)
                        .expected(FORMAT)
                        .found(format)
                        .exception();
            }
            return Optional.of(JSON.treeToValue(tree, Settings.class));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | JacksonException unreadable) {
            throw Problem.of(ProblemCode.HOME_NOT_A_HOME)
                    .expected(Phrase.A_READABLE.with(SETTINGS))
                    .found(unreadable.getClass().getSimpleName())
                    .exception(unreadable);
        }
    }

    /** True when nobody has used the folder yet; what the making of a home left that was cut short is nothing. */
    public static boolean isEmpty(Path folder) {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.allMatch(entry -> entry.endsWith("lock") || entry.endsWith(UNFINISHED));
        } catch (IOException notAFolder) {
            throw Problem.of(ProblemCode.HOME_NOT_A_HOME)
                    .expected(Phrase.A_FOLDER)
                    .found(notAFolder.getClass().getSimpleName())
                    .exception(notAFolder);
        }
    }

    /** Takes the folder for this process. An empty one becomes a home with the settings that are made for it. */
    static Home own(Path folder, java.util.function.Supplier<Settings> whenNew) {
        Path absolute = folder.toAbsolutePath().normalize();
        Optional<Settings> found = Files.exists(absolute) ? settings(absolute) : Optional.empty();
        if (found.isEmpty() && !isEmpty(absolute)) {
            throw Problem.of(ProblemCode.HOME_NOT_A_HOME)
                    .expected(Phrase.THE_FOLDER_OF_A_HUB)
                    .found(absolute)
                    .exception();
        }
        // Asked before anything is written: without a custodian no half-made home remains.
        Settings settings = found.orElseGet(whenNew);
        try {
            Files.createDirectories(
                    absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel lockFile =
                    FileChannel.open(absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock(lockFile, absolute);
            if (found.isEmpty()) {
                write(absolute, settings);
            }
            return new Home(absolute, lockFile, settings);
        } catch (IOException unwritable) {
            throw Problem.of(ProblemCode.HOME_UNWRITABLE)
                    .found(unwritable.getClass().getSimpleName() + " in " + absolute)
                    .exception(unwritable);
        }
    }

    private static void lock(FileChannel lockFile, Path folder) throws IOException {
        ProblemException inUse =
                Problem.of(ProblemCode.HOME_IN_USE).found(folder).exception();
        try {
            FileLock lock = lockFile.tryLock();
            if (lock == null) {
                lockFile.close();
                throw inUse;
            }
        } catch (OverlappingFileLockException _) {
            lockFile.close();
            throw inUse;
        }
    }

    private static void write(Path folder, Settings settings) throws IOException {
        Path file = folder.resolve(SETTINGS);
        Path temporary = folder.resolve(UNFINISHED);
        byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(settings);
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(bytes));
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
        Path parent = folder.getParent();
        if (parent != null) {
            sync(parent);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Says from now on, and durably, which server has the control plane, or that a file here is it. */
    void remember(Optional<String> server) {
        try {
            write(
                    folder,
                    new Settings(
                            settings.format(),
                            settings.hubId(),
                            settings.buckets(),
                            settings.ledgerKey(),
                            settings.ledgerFolder(),
                            settings.custodian(),
                            server));
        } catch (IOException unwritable) {
            throw Problem.of(ProblemCode.HOME_UNWRITABLE)
                    .found(unwritable.getClass().getSimpleName() + " in " + folder)
                    .exception(unwritable);
        }
    }

    public Path folder() {
        return folder;
    }

    public Settings settings() {
        return settings;
    }

    /** The file of the control plane, if no server has it. */
    Path database() {
        return folder.resolve("control.sqlite");
    }

    Path vault() {
        return folder.resolve("vault");
    }

    Path deposits() {
        return folder.resolve("deposits");
    }

    Path ledger() {
        return settings.ledgerFolder().map(Path::of).orElseGet(() -> folder.resolve("ledger"));
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException unclosable) {
            throw Problem.of(ProblemCode.HOME_UNWRITABLE)
                    .found(unclosable.getClass().getSimpleName())
                    .exception(unclosable);
        }
    }
}
