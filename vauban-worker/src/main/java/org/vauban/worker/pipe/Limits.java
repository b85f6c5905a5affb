package org.vauban.worker.pipe;

import java.util.List;

/**
 * What one statement may use. The worker gets it on its command line, because it sets its limits before it reads a byte.
 *
 * @param memoryBytes memory for tables, sorts and joins
 * @param threads threads of the engine
 * @param processorSeconds processor time of the whole process, after which the kernel kills it
 */
public record Limits(long memoryBytes, int threads, int processorSeconds) {
    private static final long MEMORY_LEAST = 16L << 20;

    public Limits {
        if (memoryBytes < MEMORY_LEAST || threads < 1 || processorSeconds < 1) {
            throw new IllegalArgumentException("A worker needs 16 MiB, a thread and a second");
        }
    }

    /** As they stand on the worker's command line. */
    public List<String> arguments() {
        return List.of(Long.toString(memoryBytes), Integer.toString(threads), Integer.toString(processorSeconds));
    }

    public static Limits parse(List<String> arguments) {
        return new Limits(
                Long.parseLong(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)));
    }
}
