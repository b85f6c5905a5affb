package org.vauban.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * System calls of Linux on x86-64 by their numbers (syscall(2)), through Java's foreign-function interface. Numbers and structures are
 * those of this architecture; on another one nothing is called, no wall stands, and no statement is run.
 */
final class LinuxCalls {
    static final int OPEN = 2;
    static final int SOCKET = 41;
    static final int CLOSE = 3;
    static final int CLONE = 56;
    static final int EXECVE = 59;
    static final int KILL = 62;
    static final int PTRACE = 101;
    static final int PRCTL = 157;
    static final int UNSHARE = 272;
    static final int PRLIMIT = 302;
    static final int SECCOMP = 317;
    static final int LANDLOCK_CREATE_RULESET = 444;
    static final int LANDLOCK_RESTRICT_SELF = 446;

    /** Operation not permitted: what the filter answers. */
    static final int EPERM = 1;
    /** Permission denied: what Landlock answers. */
    static final int EACCES = 13;

    private static final int PR_GET_DUMPABLE = 3;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_GET_NO_NEW_PRIVS = 39;

    private LinuxCalls() {}

    /** True where these numbers mean what they say here. */
    static boolean areKnown() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    /**
     * Calls the kernel.
     *
     * @return what it answers, or the negative of the error number
     */
    static long call(int number, long... arguments) {
        long[] all = new long[6];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Native.STATE);
            long answer = (long)
                    Native.SYSCALL.invokeExact(state, (long) number, all[0], all[1], all[2], all[3], all[4], all[5]);
            return answer < 0 ? -(int) Native.ERRNO.get(state, 0L) : answer;
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw new IllegalStateException("A system call could not be made", failed);
        }
    }

    /** From now on nothing started from here gains rights, and only root looks into this process or leaves a core of it. */
    static boolean refuseNewRights() {
        return call(PRCTL, PR_SET_NO_NEW_PRIVS, 1) == 0
                && call(PRCTL, PR_SET_DUMPABLE, 0) == 0
                && call(PRCTL, PR_GET_NO_NEW_PRIVS) == 1
                && call(PRCTL, PR_GET_DUMPABLE) == 0;
    }

    /** Linked when first needed, so that other machines can load the class. */
    private static final class Native {
        static final StructLayout STATE = Linker.Option.captureStateLayout();
        static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

        @SuppressWarnings("restricted") // Native access is granted on the command line; this call is all of it.
        static final MethodHandle SYSCALL = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker()
                                .defaultLookup()
                                .find("syscall")
                                .orElseThrow(() -> new UnsatisfiedLinkError("syscall")),
                        FunctionDescriptor.of(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG),
                        Linker.Option.firstVariadicArg(1),
                        Linker.Option.captureCallState("errno"));
    }
}
