package org.vauban.worker.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vauban.worker.UnconfinableProgram;
import org.vauban.worker.Worker;
import org.vauban.worker.pipe.ColumnType;
import org.vauban.worker.pipe.Cut;
import org.vauban.worker.pipe.Failure;
import org.vauban.worker.pipe.Guard;
import org.vauban.worker.pipe.Limits;
import org.vauban.worker.pipe.Message;
import org.vauban.worker.pipe.Values;

/** The program as it is shipped: workers that are used once. */
class ConfinementTest {
    private static final Limits LIMITS = new Limits(64L << 20, 1, 30);
    private static final Limits SHORT = new Limits(64L << 20, 1, 2);
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

    @BeforeAll
    static void theWallsArePossible() throws Exception {
        Walls.assumePossible();
    }

    @Test
    void aWorkerTellsItsWallsAnswersOnceAndIsGone() throws Exception {
        try (var workers = new Workers(LIMITS)) {
            ConfinedWorker worker = workers.take();

            assertThat(Guard.values()).filteredOn(Guard::isNeeded).allMatch(worker.ready()::holds);
            List<Message> answer =
                    ask(worker, "SELECT year_of_birth, count(*) FROM person GROUP BY ALL ORDER BY 1", 10);
            assertThat(answer)
                    .contains(new Message.Lines(List.of(List.of("1950", "2"), List.of("1960", "1"))))
                    .endsWith(new Message.End(Cut.WHOLE));
            assertThatThrownBy(() -> ask(worker, "SELECT 1", 10)).isInstanceOf(WorkerGoneException.class);
        }
    }

    @Test
    void anAnswerEndsWhereItsRoomEnds() throws Exception {
        try (var workers = new Workers(LIMITS)) {
            assertThat(ask(workers.take(), "SELECT * FROM range(1000)", 999)).endsWith(new Message.End(Cut.ROWS));
            assertThat(ask(workers.take(), "SELECT repeat('x', 600000)", 10)).endsWith(new Message.End(Cut.BYTES));
        }
    }

    /** What the engine does not stop, the kernel or the clock stops; whoever works beside it gets the right answer meanwhile. */
    @Test
    void bombsAreStoppedAndNeighboursAreNot() throws Exception {
        List<String> bombs = List.of(
                "SELECT max(hash(a.range, b.range)) FROM range(1000000) a, range(1000000) b",
                "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
                "SELECT count(*) FROM range(100000000000) WHERE regexp_matches(range || repeat('a', 500), '(a|a?)+b')",
                "SELECT max(levenshtein(repeat('a', 9000 + range % 9), repeat('b', 9000))) FROM range(100000000)",
                "SELECT max(md5(range::VARCHAR)) FROM range(100000000000)");
        try (var workers = new Workers(SHORT);
                var others = new Workers(LIMITS)) {
            List<String> survived = new ArrayList<>();
            for (String bomb : bombs) {
                ConfinedWorker worker = workers.take();
                worker.watch(LONG_ENOUGH, () -> true);
                var bombing = CompletableFuture.supplyAsync(() -> ending(worker, bomb));
                if (bomb.equals(bombs.getFirst())) {
                    assertThat(ask(others.take(), "SELECT sum(year_of_birth) FROM person", 10))
                            .contains(new Message.Lines(List.of(List.of("5860"))));
                }
                if (!bombing.join()) {
                    survived.add(bomb);
                }
            }
            assertThat(survived).isEmpty();
        }
    }

    @Test
    void theClockAndAWithdrawnPermitEndAWorker() throws Exception {
        String endless = "SELECT max(md5(range::VARCHAR)) FROM range(100000000000)";
        try (var workers = new Workers(LIMITS)) {
            ConfinedWorker late = workers.take();
            late.watch(Duration.ofMillis(200), () -> true);
            ConfinedWorker withdrawn = workers.take();
            withdrawn.watch(LONG_ENOUGH, () -> false);

            for (ConfinedWorker worker : List.of(late, withdrawn)) {
                assertThatThrownBy(() -> ask(worker, endless, 10))
                        .isInstanceOfSatisfying(
                                WorkerGoneException.class,
                                gone -> assertThat(gone.ending()).isEqualTo(Ending.OUT_OF_TIME));
            }
        }
    }

    @Test
    void whereAWallDoesNotStandNothingIsRun() {
        try (var workers = new Workers(
                LIMITS,
                UnconfinableProgram.class.getName(),
                List.of(Worker.class, UnconfinableProgram.class, DuckDBDriver.class),
                true)) {
            assertThatThrownBy(workers::take)
                    .isInstanceOfSatisfying(
                            WorkersOffException.class,
                            off -> assertThat(off.missing()).containsExactly(Guard.SYSTEM_CALLS));
        }
    }

    @Test
    void someWaitReadyWhereTheProgramStaysAndTheyEndWithIt() throws Exception {
        Set<Long> before = ownProcesses();
        try (var workers = new Workers(LIMITS)) {
            workers.keepReady(2);
            for (int time = 0; time < 2; time++) {
                assertThat(ask(workers.take(), "SELECT 42", 10)).contains(new Message.Lines(List.of(List.of("42"))));
            }

            // Whoever needs memory may kill those that wait; nobody who asks notices.
            ProcessHandle.current()
                    .children()
                    .filter(child -> !before.contains(child.pid()))
                    .forEach(child -> {
                        child.destroyForcibly();
                        child.onExit().join();
                    });

            assertThat(ask(workers.take(), "SELECT 43", 10)).contains(new Message.Lines(List.of(List.of("43"))));
        }
        ProcessHandle.current()
                .children()
                .filter(child -> !before.contains(child.pid()))
                .forEach(child -> child.onExit().orTimeout(60, TimeUnit.SECONDS).join());
    }

    private static Set<Long> ownProcesses() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private static boolean ending(ConfinedWorker worker, String bomb) {
        try {
            return ask(worker, bomb, 10).getLast() instanceof Message.Failed(Failure failure, int _)
                    && failure == Failure.MEMORY;
        } catch (WorkerGoneException gone) {
            return true;
        }
    }

    private static List<Message> ask(ConfinedWorker worker, String sql, int rows) throws WorkerGoneException {
        worker.send(new Message.Table(
                "person",
                List.of(
                        new Message.Table.Column("person_id", ColumnType.BIGINT),
                        new Message.Table.Column("year_of_birth", ColumnType.INTEGER))));
        worker.send(new Message.Rows(
                List.of(new Values.Longs(new long[] {1, 2, 3}), new Values.Ints(new int[] {1950, 1950, 1960}))));
        worker.send(new Message.Statement(sql, rows, 1 << 20));
        List<Message> answer = new ArrayList<>();
        while (true) {
            Message next = worker.receive();
            answer.add(next);
            if (next instanceof Message.End || next instanceof Message.Failed) {
                return answer;
            }
        }
    }
}
