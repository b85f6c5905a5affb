package org.vauban.duck;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The three system calls of memory files (memfd_create(2), fcntl(2), close(2)), called through Java's foreign-function interface. */
final class LinuxMemory {
    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_SEAL_SEAL = 1;
    private static final int F_SEAL_SHRINK = 2;
    private static final int F_SEAL_GROW = 4;
    private static final int F_SEAL_WRITE = 8;

    private LinuxMemory() {}

    /** Makes an empty memory file and gives its descriptor. */
    static int create(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Calls.STATE);
            int descriptor = (int)
                    Calls.MEMFD_CREATE.invokeExact(state, arena.allocateFrom(name), MFD_CLOEXEC | MFD_ALLOW_SEALING);
            return checked("memfd_create", descriptor, state);
        } catch (Throwable failed) {
            throw asIo(failed);
        }
    }

    static void seal(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Calls.STATE);
            int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
            int answer = (int) Calls.FCNTL.invokeExact(state, descriptor, F_ADD_SEALS, seals);
            checked("F_ADD_SEALS", answer, state);
        } catch (Throwable failed) {
            throw asIo(failed);
        }
    }

    static void close(int descriptor) {
        try {
            int ignored = (int) Calls.CLOSE.invokeExact(descriptor);
        } catch (Throwable failed) {
            throw new IllegalStateException("A memory file could not be closed", failed);
        }
    }

    private static int checked(String call, int answer, MemorySegment state) throws IOException {
        if (answer < 0) {
            throw new IOException(call + " failed with error number " + (int) Calls.ERRNO.get(state, 0L));
        }
        return answer;
    }

    private static IOException asIo(Throwable failed) {
        return failed instanceof IOException io
                ? io
                : new IOException(failed.getClass().getSimpleName(), failed);
    }

    /** Linked when first needed, so that machines without these calls can still load the class. */
    private static final class Calls {
        private static final Linker LINKER = Linker.nativeLinker();
        static final StructLayout STATE = Linker.Option.captureStateLayout();
        static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        private static final AddressLayout POINTER = ValueLayout.ADDRESS;
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

        static final MethodHandle MEMFD_CREATE =
                call("memfd_create", FunctionDescriptor.of(INT, POINTER, INT), Linker.Option.captureCallState("errno"));
        static final MethodHandle FCNTL = call(
                "fcntl",
                FunctionDescriptor.of(INT, INT, INT, INT),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(2));
        static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(INT, INT));

        @SuppressWarnings(
                "restricted") // Native access is granted on the command line; these three calls are all of it.
        private static MethodHandle call(String name, FunctionDescriptor signature, Linker.Option... options) {
            return LINKER.downcallHandle(
                    LINKER.defaultLookup().find(name).orElseThrow(() -> new UnsatisfiedLinkError(name)),
                    signature,
                    options);
        }
    }
}
