package org.vauban.attack.canary;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The program in a folder of its own, as an operator installs it: the launcher that is shipped, with its settings, and the jars. The
 * control is the same folder in which three classes seal nothing.
 */
record InstalledProgram(Path folder) {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path SWITCH = Path.of("src/test/unsealed").toAbsolutePath();

    /** Installs what is on this test's class path, but for the attacker's own classes. */
    static InstalledProgram in(Path folder) {
        try {
            Path lib = Files.createDirectories(folder.resolve("vauban-app/target/app/lib"));
            Files.createDirectories(folder.resolve("tools"));
            for (String script : List.of("vauban", "tools/find-java")) {
                Files.copy(ROOT.resolve(script), folder.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
            }
            int number = 0;
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                Path place = Path.of(entry).toAbsolutePath();
                if (place.startsWith(ROOT.resolve("attack")) || !Files.exists(place)) {
                    continue;
                }
                number++;
                if (Files.isRegularFile(place)) {
                    Files.createSymbolicLink(lib.resolve(number + "-" + place.getFileName()), place);
                } else if (place.startsWith(ROOT)) {
                    jar(place, lib.resolve(number + "-" + ROOT.relativize(place).getName(0) + ".jar"));
                }
            }
            return new InstalledProgram(folder);
        } catch (IOException uninstallable) {
            throw new UncheckedIOException(uninstallable);
        }
    }

    /** The same with sealing off. */
    static InstalledProgram unsealedIn(Path folder) {
        InstalledProgram program = in(folder);
        Path classes = folder.resolve("switch");
        try (Stream<Path> sources = Files.walk(SWITCH)) {
            List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString()));
            arguments.addAll(List.of("-cp", program.lib() + File.separator + "*"));
            sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> arguments.add(file.toString()));
            int status = ToolProvider.findFirst("javac")
                    .orElseThrow()
                    .run(System.out, System.err, arguments.toArray(String[]::new));
            if (status != 0) {
                throw new IllegalStateException("The switch does not compile");
            }
            program.replace(classes, "com/google/crypto/tink/subtle/AesGcmHkdfStreaming.class");
            program.replace(classes, "org/vauban/identity/envelope/SealedInput.class");
            program.replace(classes, "org/vauban/identity/envelope/SealedOutput.class");
            return program;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** The classes of the switch, as they stand in a jar. */
    static List<String> switchedOff() {
        try (Stream<Path> sources = Files.walk(SWITCH)) {
            return sources.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> SWITCH.relativize(file).toString().replace(".java", ".class"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Jars are links, which nobody should follow when the folder is removed. */
    void removeLinks() throws IOException {
        try (Stream<Path> files = Files.list(lib())) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    Path lib() {
        return folder.resolve("vauban-app/target/app/lib");
    }

    Path launcher() {
        return folder.resolve("vauban");
    }

    /** Jars are links to the real ones, so the one that changes is copied first. */
    private void replace(Path classes, String name) throws IOException {
        try (Stream<Path> jars = Files.list(lib())) {
            for (Path jar : jars.toList()) {
                if (!holds(jar, name)) {
                    continue;
                }
                Path copy = lib().resolve(jar.getFileName() + ".copy");
                Files.copy(jar, copy);
                Files.delete(jar);
                Files.move(copy, jar);
                try (FileSystem inside = FileSystems.newFileSystem(jar)) {
                    Files.copy(classes.resolve(name), inside.getPath(name), StandardCopyOption.REPLACE_EXISTING);
                }
                return;
            }
        }
        throw new IllegalStateException("No jar holds " + name);
    }

    private static boolean holds(Path jar, String name) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            return Files.exists(inside.getPath(name));
        }
    }

    private static void jar(Path classes, Path jar) {
        int status = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--create",
                        "--no-compress",
                        "--file",
                        jar.toString(),
                        "-C",
                        classes.toString(),
                        ".");
        if (status != 0) {
            throw new IllegalStateException("A jar could not be made: " + Arrays.asList(classes, jar));
        }
    }
}
