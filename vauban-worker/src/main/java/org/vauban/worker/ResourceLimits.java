package org.vauban.worker;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vauban.worker.pipe.Limits;

/** What the kernel lets this process use at most (setrlimit(2)); the hard limits too, so that nothing raises them again. */
final class ResourceLimits {
    private static final int PROCESSOR = 0;
    private static final int FILE_SIZE = 1;
    private static final int CORE = 4;
    private static final int DESCRIPTORS = 7;
    private static final int ADDRESS_SPACE = 9;

    private static final long PAGE = 4_096;
    /** Beside what the engine counts: its code's own needs, answers on their way, and Java's threads. */
    private static final long BESIDE_THE_ENGINE = 256L << 20;
    /** A thread's stack and its first share of the C library's memory. */
    private static final long EACH_THREAD = 16L << 20;

    private ResourceLimits() {}

    /** How much address space the process has taken so far; most of it is reserved and never used. */
    static long addressSpaceNow() {
        try {
            return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[0]) * PAGE;
        } catch (IOException unknown) {
            return 0;
        }
    }

    /** True when all are in force. */
    static boolean set(Limits limits, long addressSpace) {
        long most = addressSpace + limits.memoryBytes() + BESIDE_THE_ENGINE + limits.threads() * EACH_THREAD;
        return addressSpace > 0
                && isSet(ADDRESS_SPACE, most)
                && isSet(PROCESSOR, limits.processorSeconds())
                && isSet(FILE_SIZE, 0)
                && isSet(CORE, 0)
                // Whatever is open stays so; nothing can be opened, not even where something was closed.
                && isSet(DESCRIPTORS, 0);
    }

    private static boolean isSet(int resource, long most) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment wanted = arena.allocate(2 * Long.BYTES);
            wanted.setAtIndex(ValueLayout.JAVA_LONG, 0, most);
            wanted.setAtIndex(ValueLayout.JAVA_LONG, 1, most);
            MemorySegment found = arena.allocate(2 * Long.BYTES);
            return LinuxCalls.call(LinuxCalls.PRLIMIT, 0, resource, wanted.address(), 0) == 0
                    && LinuxCalls.call(LinuxCalls.PRLIMIT, 0, resource, 0, found.address()) == 0
                    && found.getAtIndex(ValueLayout.JAVA_LONG, 0) == most
                    && found.getAtIndex(ValueLayout.JAVA_LONG, 1) == most;
        }
    }
}
