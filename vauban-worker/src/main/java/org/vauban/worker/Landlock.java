package org.vauban.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Landlock (landlock(7)): a rule set that handles every kind of access this kernel knows and allows none of them on any path. It holds
 * for the calling thread and those started from it.
 */
final class Landlock {
    private static final int GIVE_VERSION = 1;
    private static final int VERSION_WITH_NETWORK = 4;
    private static final int VERSION_WITH_SCOPES = 6;

    /** How many kinds of access to files each version knows: the lowest so many bits. */
    private static final int[] FILE_RIGHTS = {13, 14, 15, 15, 16};

    private static final int ALL_OF_NETWORK = 0b11;
    private static final int ALL_SCOPES = 0b11;

    private Landlock() {}

    /** True when this thread is restricted; false where the kernel has no Landlock. */
    static boolean restrict() {
        long version = LinuxCalls.call(LinuxCalls.LANDLOCK_CREATE_RULESET, 0, 0, GIVE_VERSION);
        if (version < 1) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rules = arena.allocate(3 * Long.BYTES);
            rules.setAtIndex(ValueLayout.JAVA_LONG, 0, files((int) version));
            rules.setAtIndex(ValueLayout.JAVA_LONG, 1, version >= VERSION_WITH_NETWORK ? ALL_OF_NETWORK : 0);
            rules.setAtIndex(ValueLayout.JAVA_LONG, 2, version >= VERSION_WITH_SCOPES ? ALL_SCOPES : 0);
            long ruleset = LinuxCalls.call(LinuxCalls.LANDLOCK_CREATE_RULESET, rules.address(), size((int) version), 0);
            boolean restricted = ruleset >= 0 && LinuxCalls.call(LinuxCalls.LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0;
            if (ruleset >= 0) {
                LinuxCalls.call(LinuxCalls.CLOSE, ruleset);
            }
            return restricted;
        }
    }

    private static long files(int version) {
        int kinds = FILE_RIGHTS[Math.min(version, FILE_RIGHTS.length) - 1];
        return (1L << kinds) - 1;
    }

    /** How much of the structure a version reads. */
    private static int size(int version) {
        if (version < VERSION_WITH_NETWORK) {
            return Long.BYTES;
        }
        return version < VERSION_WITH_SCOPES ? 2 * Long.BYTES : 3 * Long.BYTES;
    }
}
