package org.vauban.app.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of this house in a process of its own, with no more class path than it needs: the custodian, because the hub may
 * not hold its keys; the identity zone, because the hub may see no name; the generator of demonstration data, because the hub may
 * not know its truth; the witness, because whoever runs one need not trust the rest.
 */
public final class OwnProcess {
    private OwnProcess() {}

    /** The command that runs a main class from the jar (or folder) that holds it, and nothing else. */
    public static ProcessBuilder of(String mainClass, List<String> arguments) {
        return of(mainClass, List.of(), arguments);
    }

    /**
     * The same for a program that stands on other jars.
     *
     * @param others one class of each jar that it needs beside its own
     */
    public static ProcessBuilder of(String mainClass, List<String> others, List<String> arguments) {
        String classPath = Stream.concat(Stream.of(mainClass), others.stream())
                .map(name -> placeOf(name).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-HeapDumpOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "-Xlog:disable",
                "--enable-native-access=ALL-UNNAMED"));
        Path cache = startCache(mainClass);
        if (Files.isRegularFile(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** Where {@link StartCaches} keeps what the virtual machine remembers of a program's start; it need not be there. */
    static Path startCache(String mainClass) {
        return placeOf(mainClass).resolveSibling(mainClass + ".aot");
    }

    /** Runs it to its end with the caller's standard streams; returns its exit status. */
    public static int run(String mainClass, List<String> arguments, Call call) {
        return run(of(mainClass, arguments), mainClass, call, call.terminal().out());
    }

    /** Runs a program to its end, its standard output going to a place of the caller's. */
    static int run(ProcessBuilder program, String mainClass, Call call, PrintStream out) {
        try {
            Process process = program.directory(
                            new File(call.terminal().folder().toString()))
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            // A stopped command line takes its program with it.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-" + mainClass));
            Thread messages = Thread.ofVirtual()
                    .start(() -> pour(process.getErrorStream(), call.terminal().err()));
            pour(process.getInputStream(), out);
            messages.join();
            return process.waitFor();
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw org.vauban.problem.Problem.of(org.vauban.problem.ProblemCode.CANCELLED)
                    .exception(stopped);
        }
    }

    private static void pour(java.io.InputStream from, @org.jspecify.annotations.Nullable PrintStream to) {
        try (from) {
            byte[] buffer = new byte[8192];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                if (to != null) {
                    to.write(buffer, 0, read);
                    to.flush();
                }
            }
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private static Path placeOf(String mainClass) {
        String resource = mainClass.replace('.', '/') + ".class";
        URL found = Optional.ofNullable(OwnProcess.class.getClassLoader().getResource(resource))
                .orElseThrow(() -> new IllegalStateException("The class path lacks " + mainClass));
        try {
            if (found.openConnection() instanceof JarURLConnection jar) {
                return Path.of(jar.getJarFileURL().toURI());
            }
            Path file = Path.of(URI.create(found.toString()));
            return file.getRoot()
                    .resolve(file.subpath(
                            0, file.getNameCount() - Path.of(resource).getNameCount()));
        } catch (IOException | java.net.URISyntaxException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
