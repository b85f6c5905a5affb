package org.vauban.worker;

import java.lang.foreign.Arena;

/**
 * Tries what must not work. Each attempt is one that the kernel would refuse for another reason, or that does no harm, if the wall were
 * missing: so its answer tells the wall from other errors, and trying it is safe.
 */
final class Probes {
    private static final int DIRECTORY = 0x1_0000;
    /** A file without a name in a folder, readable and writable; it is gone when closed. */
    private static final int UNNAMED_FILE = 0x41_0002;

    private static final int LOCAL = 1;
    private static final int INTERNET = 2;
    private static final int INTERNET_6 = 10;
    private static final int STREAM = 1;
    private static final int DATAGRAM = 2;

    /** A process that shares signal handlers but no memory: without the filter the kernel calls that nonsense. */
    private static final int IMPOSSIBLE_PROCESS = 0x800;

    private static final int ATTACH = 16;

    private Probes() {}

    /** Landlock alone, before the filter of system calls hides what it answers. */
    static boolean landlockHolds() {
        return open("/", DIRECTORY) == -LinuxCalls.EACCES;
    }

    /** Neither for reading nor for writing. */
    static boolean filesAreClosed() {
        return isRefused(open("/", DIRECTORY)) && isRefused(open("/tmp", UNNAMED_FILE));
    }

    static boolean networkIsClosed() {
        return isRefused(socket(INTERNET, STREAM))
                && isRefused(socket(INTERNET, DATAGRAM))
                && isRefused(socket(INTERNET_6, STREAM))
                && isRefused(socket(LOCAL, STREAM));
    }

    /** No program, no process, no look into one, no signal, no other name space. */
    static boolean processesAreClosed() {
        return isRefused(LinuxCalls.call(LinuxCalls.EXECVE, 0, 0, 0))
                && isRefused(LinuxCalls.call(LinuxCalls.CLONE, IMPOSSIBLE_PROCESS, 0, 0, 0, 0))
                && isRefused(LinuxCalls.call(LinuxCalls.PTRACE, ATTACH, Integer.MAX_VALUE, 0, 0))
                && isRefused(LinuxCalls.call(LinuxCalls.KILL, Integer.MAX_VALUE, 0))
                && isRefused(LinuxCalls.call(LinuxCalls.UNSHARE, 0));
    }

    private static boolean isRefused(long answer) {
        return answer == -LinuxCalls.EPERM;
    }

    private static long socket(int family, int kind) {
        return closed(LinuxCalls.call(LinuxCalls.SOCKET, family, kind, 0));
    }

    private static long open(String path, int how) {
        try (Arena arena = Arena.ofConfined()) {
            return closed(
                    LinuxCalls.call(LinuxCalls.OPEN, arena.allocateFrom(path).address(), how, 0600));
        }
    }

    /** What was opened after all is closed again. */
    private static long closed(long descriptor) {
        if (descriptor >= 0) {
            LinuxCalls.call(LinuxCalls.CLOSE, descriptor);
        }
        return descriptor;
    }
}
