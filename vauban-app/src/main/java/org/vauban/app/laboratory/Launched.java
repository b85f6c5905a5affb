package org.vauban.app.laboratory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * What a verb costs as its user gives it: in a process of its own, from start-up to written files.
 *
 * @param seconds by the clock
 * @param memoryMb the most that the process had in memory, in MiB; 0 where the system does not tell
 */
public record Launched(double seconds, double memoryMb) {
    private static final String PROGRAM = "VAUBAN_PROGRAM";
    private static final double NANOSECONDS_IN_A_SECOND = 1e9;

    /**
     * Runs a verb once.
     *
     * @param arguments the verb and what follows, given a new folder that it may write into, which is removed afterwards
     * @return empty where this program was not started by its launcher
     */
    public static Optional<Launched> once(Function<Path, List<String>> arguments) {
        return Optional.ofNullable(System.getenv(PROGRAM)).map(program -> once(program, arguments));
    }

    /** The same several times: the run whose seconds are the median. */
    public static Optional<Launched> median(int runs, Function<Path, List<String>> arguments) {
        return Stream.generate(() -> once(arguments))
                .limit(runs)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingDouble(Launched::seconds))
                .skip(runs / 2)
                .findFirst();
    }

    private static Launched once(String program, Function<Path, List<String>> arguments) {
        try {
            Path folder = Files.createTempDirectory("vauban-bench");
            try {
                List<String> command = new ArrayList<>(List.of(program));
                command.addAll(arguments.apply(folder));
                long began = System.nanoTime();
                Process process = new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                double memory = 0;
                while (process.isAlive()) {
                    memory = Math.max(memory, peakMemoryMb(process.pid()));
                    process.waitFor(20, TimeUnit.MILLISECONDS);
                }
                double seconds = (System.nanoTime() - began) / NANOSECONDS_IN_A_SECOND;
                if (process.exitValue() != 0) {
                    throw new IllegalStateException(command.subList(1, 3) + " ended with " + process.exitValue());
                }
                return new Launched(seconds, memory);
            } finally {
                remove(folder);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemCode.CANCELLED).exception(stopped);
        }
    }

    /** Removes a folder and what is in it. */
    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static double peakMemoryMb(long process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }
}
