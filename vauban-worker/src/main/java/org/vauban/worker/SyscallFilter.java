package org.vauban.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of system calls that remain, as a program for the kernel (seccomp(2)): each call of each thread passes it first. What is not
 * on the list is answered "not permitted", so that the engine and Java see an error and no process dies of a question.
 *
 * <p>What remains: reading, writing and closing what is open, memory, threads, locks, signals to oneself, the clock, chance. No call
 * that takes a path, makes a socket, a process or a program, looks into another process, or changes rights, limits or name spaces.
 * Writing goes to two pipes, because nothing else that can be written is open.
 */
final class SyscallFilter {
    // Instructions of the kernel's filter machine.
    private static final int LOAD = 0x20;
    private static final int IF_EQUAL = 0x15;
    private static final int IF_AT_LEAST = 0x35;
    private static final int IF_ANY_BIT = 0x45;
    private static final int ANSWER = 0x06;

    // What a program looks at: number, architecture, and the halves of the arguments.
    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int THIRD_ARGUMENT = 32;
    private static final int THIRD_ARGUMENT_UPPER = 36;

    static final int ALLOW = 0x7fff_0000;
    static final int KILL = 0x8000_0000;
    static final int NOT_PERMITTED = 0x0005_0000 | LinuxCalls.EPERM;
    /** "No such call": the C library then makes a thread by the older call, whose flags can be looked at. */
    static final int NO_SUCH_CALL = 0x0005_0000 | 38;

    private static final int X86_64 = 0xC000_003E;
    /** Numbers from here on are another calling convention on the same machine. */
    private static final int X32 = 0x4000_0000;

    private static final int[] ALLOWED = {
        0, // read
        1, // write
        3, // close
        7, // poll
        8, // lseek
        9, // mmap
        10, // mprotect
        11, // munmap
        12, // brk
        13, // rt_sigaction
        14, // rt_sigprocmask
        15, // rt_sigreturn
        17, // pread64
        19, // readv
        20, // writev
        24, // sched_yield
        25, // mremap
        27, // mincore
        28, // madvise
        35, // nanosleep
        39, // getpid
        60, // exit
        63, // uname
        96, // gettimeofday
        97, // getrlimit
        98, // getrusage
        99, // sysinfo
        100, // times
        102, // getuid
        104, // getgid
        107, // geteuid
        108, // getegid
        131, // sigaltstack
        186, // gettid
        202, // futex
        204, // sched_getaffinity
        218, // set_tid_address
        219, // restart_syscall
        228, // clock_gettime
        229, // clock_getres
        230, // clock_nanosleep
        231, // exit_group
        271, // ppoll
        273, // set_robust_list
        309, // getcpu
        318, // getrandom
        324, // membarrier
        334, // rseq
    };

    private static final int CLONE_3 = 435;
    private static final int TGKILL = 234;
    private static final int THREAD = 0x0001_0000;
    /** Name spaces of any kind. */
    private static final int NEW_SPACES = 0x7E02_0000;

    private static final int PR_SET_NAME = 15;
    private static final int SET_FILTER = 1;
    private static final int ALL_THREADS = 1;

    private SyscallFilter() {}

    /**
     * One instruction.
     *
     * @param code what to do
     * @param ifTrue how many instructions to skip when a comparison holds
     * @param ifFalse how many when it does not
     * @param value what to compare with, load or answer
     */
    record Instruction(int code, int ifTrue, int ifFalse, int value) {}

    /** True when the kernel took it for every thread of the process. */
    static boolean install() {
        List<Instruction> program = program((int) ProcessHandle.current().pid());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment instructions = arena.allocate(8L * program.size(), 8);
            for (int index = 0; index < program.size(); index++) {
                Instruction each = program.get(index);
                long at = 8L * index;
                instructions.set(ValueLayout.JAVA_SHORT, at, (short) each.code());
                instructions.set(ValueLayout.JAVA_BYTE, at + 2, (byte) each.ifTrue());
                instructions.set(ValueLayout.JAVA_BYTE, at + 3, (byte) each.ifFalse());
                instructions.set(ValueLayout.JAVA_INT, at + 4, each.value());
            }
            MemorySegment header = arena.allocate(16, 8);
            header.set(ValueLayout.JAVA_SHORT, 0, (short) program.size());
            header.set(ValueLayout.JAVA_LONG, 8, instructions.address());
            return LinuxCalls.call(LinuxCalls.SECCOMP, SET_FILTER, ALL_THREADS, header.address()) == 0;
        }
    }

    /** The program for a process, which may send signals to its own threads. */
    static List<Instruction> program(int process) {
        List<Instruction> program = new ArrayList<>();
        program.add(load(ARCHITECTURE));
        program.add(ifEqual(X86_64, 1, 0));
        program.add(answer(KILL));
        program.add(load(NUMBER));
        program.add(new Instruction(IF_AT_LEAST, 0, 1, X32));
        program.add(answer(KILL));
        for (int call : ALLOWED) {
            program.add(ifEqual(call, 0, 1));
            program.add(answer(ALLOW));
        }
        program.add(ifEqual(CLONE_3, 0, 1));
        program.add(answer(NO_SUCH_CALL));
        when(
                program,
                LinuxCalls.CLONE,
                load(FIRST_ARGUMENT),
                new Instruction(IF_ANY_BIT, 2, 0, NEW_SPACES),
                new Instruction(IF_ANY_BIT, 0, 1, THREAD));
        when(program, LinuxCalls.PRCTL, load(FIRST_ARGUMENT), ifEqual(PR_SET_NAME, 0, 1));
        when(program, TGKILL, load(FIRST_ARGUMENT), ifEqual(process, 0, 1));
        // Limits may be asked, not set: the pointer to new ones is null.
        when(
                program,
                LinuxCalls.PRLIMIT,
                load(THIRD_ARGUMENT),
                ifEqual(0, 0, 3),
                load(THIRD_ARGUMENT_UPPER),
                ifEqual(0, 0, 1));
        program.add(answer(NOT_PERMITTED));
        return List.copyOf(program);
    }

    /** A call that is allowed when its arguments pass a test: the test falls through to "allow" and skips to "not permitted". */
    private static void when(List<Instruction> program, int call, Instruction... test) {
        program.add(ifEqual(call, 0, test.length + 2));
        program.addAll(List.of(test));
        program.add(answer(ALLOW));
        program.add(answer(NOT_PERMITTED));
    }

    private static Instruction load(int place) {
        return new Instruction(LOAD, 0, 0, place);
    }

    private static Instruction ifEqual(int value, int ifTrue, int ifFalse) {
        return new Instruction(IF_EQUAL, ifTrue, ifFalse, value);
    }

    private static Instruction answer(int value) {
        return new Instruction(ANSWER, 0, 0, value);
    }
}
