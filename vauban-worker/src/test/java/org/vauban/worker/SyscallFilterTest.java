package org.vauban.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vauban.worker.SyscallFilter.Instruction;

/** The filter's program, run by a small machine of our own instead of the kernel's. */
class SyscallFilterTest {
    private static final int THIS_PROCESS = 4_711;
    private static final int X86_64 = 0xC000_003E;
    private static final int AARCH64 = 0xC000_00B7;
    private static final int NUMBERS = 1_024;

    private static final List<Instruction> PROGRAM = SyscallFilter.program(THIS_PROCESS);

    @Test
    void noCallTakesAPathASocketAProgramOrAnotherProcess() {
        var named = new TreeMap<>(Map.ofEntries(
                Map.entry("open", 2),
                Map.entry("stat", 4),
                Map.entry("lstat", 6),
                Map.entry("access", 21),
                Map.entry("socket", 41),
                Map.entry("connect", 42),
                Map.entry("accept", 43),
                Map.entry("sendto", 44),
                Map.entry("sendmsg", 46),
                Map.entry("bind", 49),
                Map.entry("socketpair", 53),
                Map.entry("fork", 57),
                Map.entry("vfork", 58),
                Map.entry("execve", 59),
                Map.entry("kill", 62),
                Map.entry("rename", 82),
                Map.entry("mkdir", 83),
                Map.entry("creat", 85),
                Map.entry("link", 86),
                Map.entry("unlink", 87),
                Map.entry("symlink", 88),
                Map.entry("readlink", 89),
                Map.entry("chmod", 90),
                Map.entry("ptrace", 101),
                Map.entry("mknod", 133),
                Map.entry("setrlimit", 160),
                Map.entry("chroot", 161),
                Map.entry("mount", 165),
                Map.entry("init_module", 175),
                Map.entry("openat", 257),
                Map.entry("newfstatat", 262),
                Map.entry("unshare", 272),
                Map.entry("splice", 275),
                Map.entry("perf_event_open", 298),
                Map.entry("open_by_handle_at", 304),
                Map.entry("setns", 308),
                Map.entry("process_vm_readv", 310),
                Map.entry("seccomp", 317),
                Map.entry("memfd_create", 319),
                Map.entry("bpf", 321),
                Map.entry("execveat", 322),
                Map.entry("userfaultfd", 323),
                Map.entry("statx", 332),
                Map.entry("pidfd_send_signal", 424),
                Map.entry("io_uring_setup", 425),
                Map.entry("openat2", 437),
                Map.entry("pidfd_getfd", 438)));

        assertThat(named)
                .allSatisfy((_, number) ->
                        assertThat(answer(X86_64, number, 0, 0, 0)).isEqualTo(SyscallFilter.NOT_PERMITTED));
    }

    @Test
    void whatIsNotOnTheShortListIsNotPermitted() {
        long allowed = IntStream.range(0, NUMBERS)
                .filter(number -> answer(X86_64, number, 0, 0, 0) == SyscallFilter.ALLOW)
                .count();

        // The list itself, and asking for a limit.
        assertThat(allowed).isEqualTo(49);
    }

    @Test
    void aThreadMayBeMadeAndNothingElse() {
        long threadOfJava = 0x3d0f00;
        long newNetwork = 0x4000_0000;
        long fork = 0x11;

        assertThat(answer(X86_64, 56, threadOfJava, 0, 0)).isEqualTo(SyscallFilter.ALLOW);
        assertThat(answer(X86_64, 56, threadOfJava | newNetwork, 0, 0)).isEqualTo(SyscallFilter.NOT_PERMITTED);
        assertThat(answer(X86_64, 56, fork, 0, 0)).isEqualTo(SyscallFilter.NOT_PERMITTED);
        assertThat(answer(X86_64, 435, 0, 0, 0)).isEqualTo(SyscallFilter.NO_SUCH_CALL);
    }

    @Test
    void signalsGoToOneselfAndLimitsAreOnlyAsked() {
        assertThat(answer(X86_64, 234, THIS_PROCESS, 0, 0)).isEqualTo(SyscallFilter.ALLOW);
        assertThat(answer(X86_64, 234, THIS_PROCESS + 1, 0, 0)).isEqualTo(SyscallFilter.NOT_PERMITTED);
        assertThat(answer(X86_64, 302, 0, 9, 0)).isEqualTo(SyscallFilter.ALLOW);
        assertThat(answer(X86_64, 302, 0, 9, 8)).isEqualTo(SyscallFilter.NOT_PERMITTED);
        assertThat(answer(X86_64, 302, 0, 9, 1L << 40)).isEqualTo(SyscallFilter.NOT_PERMITTED);
        assertThat(answer(X86_64, 157, 15, 0, 0)).isEqualTo(SyscallFilter.ALLOW);
        assertThat(answer(X86_64, 157, 4, 1, 0)).isEqualTo(SyscallFilter.NOT_PERMITTED);
    }

    @Test
    void anotherCallingConventionEndsTheProcess() {
        assertThat(answer(AARCH64, 0, 0, 0, 0)).isEqualTo(SyscallFilter.KILL);
        assertThat(answer(X86_64, 0x4000_0002, 0, 0, 0)).isEqualTo(SyscallFilter.KILL);
    }

    /** What the kernel's machine would answer: four instructions are all that the program uses. */
    private static int answer(int architecture, int number, long first, long second, long third) {
        int loaded = 0;
        int at = 0;
        while (true) {
            Instruction each = PROGRAM.get(at);
            at++;
            switch (each.code()) {
                case 0x20 ->
                    loaded = switch (each.value()) {
                        case 0 -> number;
                        case 4 -> architecture;
                        case 16 -> (int) first;
                        case 24 -> (int) second;
                        case 32 -> (int) third;
                        case 36 -> (int) (third >>> 32);
                        default -> throw new AssertionError("looks at " + each.value());
                    };
                case 0x15 -> at += loaded == each.value() ? each.ifTrue() : each.ifFalse();
                case 0x35 -> at += Integer.compareUnsigned(loaded, each.value()) >= 0 ? each.ifTrue() : each.ifFalse();
                case 0x45 -> at += (loaded & each.value()) != 0 ? each.ifTrue() : each.ifFalse();
                case 0x06 -> {
                    return each.value();
                }
                default -> throw new AssertionError("instruction " + each.code());
            }
        }
    }
}
