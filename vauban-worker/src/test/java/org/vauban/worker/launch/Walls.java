package org.vauban.worker.launch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this machine's kernel has what the walls are made of. Where it has, they must stand; where not, a test of them is not run. */
final class Walls {
    private static final long LANDLOCK_CREATE_RULESET = 444;
    private static final long TELL_THE_VERSION = 1;

    private Walls() {}

    static void assumePossible() throws Exception {
        boolean linux = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        assumeTrue(linux, "not run: no Linux on x86-64");
        assumeTrue(
                Files.readString(Path.of("/proc/self/status")).contains("\nSeccomp:"),
                "not run: the kernel has no seccomp");
        assumeTrue(landlock() > 0, "not run: the kernel has no Landlock, or forbids it here");
    }

    private static long landlock() throws Exception {
        Linker linker = Linker.nativeLinker();
        var syscall = linker.downcallHandle(
                linker.defaultLookup().find("syscall").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG));
        try {
            return (long) syscall.invokeExact(LANDLOCK_CREATE_RULESET, 0L, 0L, TELL_THE_VERSION);
        } catch (Throwable broken) {
            throw new IllegalStateException(broken);
        }
    }
}
