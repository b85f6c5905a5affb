package org.vauban.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.vauban.app.cli.Call;
import org.vauban.hub.HubConfiguration;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * Where the demonstration lives: HOME, the custodian's folder beside it, and the outside world beside both, where producers keep
 * their data and people their passwords. Nothing readable is under HOME but what was released.
 */
record DemoFolders(Path home, Path custodian, Path identity, Path identityCustodian, Path witnesses, Path outside) {
    /** Says that a home is a demonstration's and may be replaced by another one. */
    private static final String MARK = "demonstration";

    static DemoFolders prepare(Path home, boolean again, Call call) {
        var folders = new DemoFolders(
                home,
                HubConfiguration.custodianFolder(home),
                HubConfiguration.identityFolder(home),
                HubConfiguration.custodianFolder(HubConfiguration.identityFolder(home)),
                home.resolveSibling(home.getFileName() + "-witnesses"),
                home.resolveSibling(home.getFileName() + "-demo"));
        try {
            boolean earlier = Files.exists(folders.mark());
            if (earlier && again) {
                folders.requireUnused();
                for (Path folder : folders.all()) {
                    delete(folder);
                }
            }
            for (Path folder : folders.all()) {
                if (Files.exists(folder) && !isEmpty(folder)) {
                    throw Problem.of(ProblemCode.OUTPUT_EXISTS)
                            .expected(call.words().say(earlier ? "demo.again" : "demo.empty"))
                            .found(folder)
                            .exception();
                }
            }
            Files.createDirectories(
                    folders.outside,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return folders;
        } catch (IOException unwritable) {
            throw Problem.of(ProblemCode.HOME_UNWRITABLE)
                    .found(unwritable.getClass().getSimpleName() + " in " + home)
                    .exception(unwritable);
        }
    }

    private List<Path> all() {
        return List.of(home, custodian, identity, identityCustodian, witnesses, outside);
    }

    /** The public files of the demonstration. */
    Path demo() {
        return home.resolve("demo");
    }

    private Path mark() {
        return demo().resolve(MARK);
    }

    Path study() {
        return outside.resolve("study");
    }

    Path data() {
        return outside.resolve("data");
    }

    /** What a producer keeps to itself: sealed envelopes on their way, and which record number is whose. */
    Path atProducers() {
        return outside.resolve("producers");
    }

    String custodianAddress() {
        return HubConfiguration.besideHome(home).toString();
    }

    /** Marks the home once it is one. */
    void markAsDemonstration() {
        try {
            Files.createDirectories(demo());
            Files.writeString(mark(), "A demonstration: the people in this hub never lived.\n");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** A home that somebody owns at this moment is not replaced. */
    private void requireUnused() throws IOException {
        Path lockFile = home.resolve("lock");
        if (!Files.exists(lockFile)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock == null) {
                throw Problem.of(ProblemCode.HOME_IN_USE).found(home).exception();
            }
        } catch (OverlappingFileLockException ownProcess) {
            throw Problem.of(ProblemCode.HOME_IN_USE).found(home).exception(ownProcess);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
