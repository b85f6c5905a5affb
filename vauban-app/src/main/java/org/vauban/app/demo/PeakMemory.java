package org.vauban.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The most memory that this process and those it started held together, sampled ten times a second. */
final class PeakMemory implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;
    private static final long KIB_PER_MIB = 1024;

    private final Thread sampler;
    private volatile long peakKib;

    PeakMemory() {
        this.sampler = Thread.ofPlatform().daemon().name("peak-memory").start(this::watch);
    }

    /** In MiB; 0 where the system does not tell. */
    long mebibytes() {
        return peakKib / KIB_PER_MIB;
    }

    private void watch() {
        try {
            while (true) {
                peakKib = Math.max(peakKib, now());
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static long now() {
        ProcessHandle self = ProcessHandle.current();
        return LongStream.concat(LongStream.of(self.pid()), self.descendants().mapToLong(ProcessHandle::pid))
                .map(PeakMemory::residentKib)
                .sum();
    }

    private static long residentKib(long process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException ended) {
            return 0;
        }
    }

    @Override
    public void close() {
        sampler.interrupt();
    }
}
