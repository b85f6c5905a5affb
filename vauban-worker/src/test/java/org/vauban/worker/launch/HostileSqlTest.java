package org.vauban.worker.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.worker.HostilePrograms;
import org.vauban.worker.Worker;
import org.vauban.worker.pipe.ColumnType;
import org.vauban.worker.pipe.Limits;
import org.vauban.worker.pipe.Message;
import org.vauban.worker.pipe.Values;

/**
 * Hundreds of hostile statements, each in a room of its own: with all walls, with the kernel's alone, with the engine's alone, and with
 * none. The last run is the planted fault: there the attacks must work, or this test would prove nothing.
 */
class HostileSqlTest {
    private static final String CANARY = "CANARY-7f3e-OUTSIDE";
    private static final Limits LIMITS = new Limits(64L << 20, 1, 120);
    /** Of the runs that leave walls out, a share is enough: each needs a room of its own. */
    private static final int SHARE = 5;

    private static final Duration LONGEST = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private Path outside;
    private Listener listener;
    private Map<String, String> statements;

    @BeforeAll
    static void theWallsArePossible() throws Exception {
        Walls.assumePossible();
    }

    @BeforeEach
    void plant() throws IOException, SQLException {
        outside = Files.createDirectories(folder.resolve("outside"));
        Files.createDirectories(outside.resolve("written"));
        Files.writeString(outside.resolve("secret.txt"), CANARY + "\n");
        Files.writeString(outside.resolve("secret.csv"), "word,n\n" + CANARY + ",1\n");
        Files.writeString(outside.resolve("secret.json"), "{\"word\": \"" + CANARY + "\"}\n");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE secret AS SELECT '" + CANARY + "' AS word");
            statement.execute("COPY secret TO '" + outside + "/secret.parquet'");
            statement.execute("EXPORT DATABASE '" + outside + "/exported'");
            statement.execute("ATTACH '" + outside + "/secret.db' AS other");
            statement.execute("CREATE TABLE other.secret AS FROM secret");
            statement.execute("DETACH other");
        }
        Files.createSymbolicLink(outside.resolve("link-to-secret.csv"), outside.resolve("secret.csv"));
        listener = new Listener();
        statements = HostilePrograms.statements(outside, listener.port());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    @Test
    void withAllWallsNothingIsReadWrittenCalledOrTold() throws Exception {
        assertThat(statements).hasSizeGreaterThan(500);

        Found found = run(HostilePrograms.ALL_WALLS, true, 1);

        assertThat(found.died).as("statements that killed their worker").isEmpty();
        assertThat(found.asked).isEqualTo(statements.size());
        assertThat(found.told).as("statements that told the canary").isEmpty();
        assertThat(found.changed).as("files that changed").isEmpty();
        assertThat(listener.calls()).isZero();
    }

    @Test
    void theKernelsWallsHoldAlone() throws Exception {
        Found found = run(HostilePrograms.KERNEL_ALONE, true, SHARE);

        assertThat(found.told).isEmpty();
        assertThat(found.changed).isEmpty();
        assertThat(listener.calls()).isZero();
    }

    @Test
    void theEnginesLocksHoldAlone() throws Exception {
        Found found = run(HostilePrograms.ENGINE_ALONE, false, SHARE);

        assertThat(found.told).isEmpty();
        assertThat(found.changed).isEmpty();
        assertThat(listener.calls()).isZero();
    }

    @Test
    void withoutAnyWallTheAttacksWork() throws Exception {
        Found found = run(HostilePrograms.NO_WALL, false, SHARE);

        assertThat(found.told).as("statements that told the canary").hasSizeGreaterThan(30);
        assertThat(found.changed).as("files that changed").hasSizeGreaterThan(5);
        assertThat(listener.calls()).isPositive();
    }

    /** What came of all statements. */
    private static final class Found {
        int asked;
        final List<String> told = new ArrayList<>();
        final List<String> died = new ArrayList<>();
        SortedSet<String> changed = new TreeSet<>();
    }

    /** @param share one of so many statements is run */
    private Found run(String program, boolean ownNetwork, int share) throws Exception {
        SortedMap<String, String> before = contents();
        var found = new Found();
        try (var workers = new Workers(
                LIMITS, program, List.of(Worker.class, HostilePrograms.class, DuckDBDriver.class), ownNetwork)) {
            ConfinedWorker worker = taken(workers);
            int number = 0;
            for (Map.Entry<String, String> each : statements.entrySet()) {
                if (number++ % share != 0 || (share > 1 && needsWalls(each.getValue()))) {
                    continue;
                }
                try {
                    String answer = answer(worker, each.getValue());
                    found.asked++;
                    if (tells(answer, each.getValue())) {
                        found.told.add(each.getKey());
                    }
                } catch (WorkerGoneException gone) {
                    found.died.add(each.getKey() + " " + gone.ending());
                    worker = taken(workers);
                }
            }
            worker.close();
        }
        SortedMap<String, String> after = contents();
        after.forEach((file, content) -> {
            if (!content.equals(before.get(file))) {
                found.changed.add(file);
            }
        });
        before.keySet().stream().filter(file -> !after.containsKey(file)).forEach(found.changed::add);
        return found;
    }

    /** What was planted, what every machine has, or a place that the statement itself did not name. */
    private boolean tells(String answer, String sql) {
        return answer.contains(CANARY)
                || answer.contains("root:x:0")
                || (answer.contains(outside.toString()) && !sql.contains(outside.toString()));
    }

    /** Without walls these wait for ever for what comes next on the pipe, or take the machine's memory. */
    private static boolean needsWalls(String sql) {
        return sql.contains("/dev/std") || sql.contains("/fd/") || sql.contains("0000000");
    }

    private static ConfinedWorker taken(Workers workers) throws WorkersOffException {
        ConfinedWorker worker = workers.take();
        worker.watch(LONGEST, () -> true);
        return worker;
    }

    private static String answer(ConfinedWorker worker, String sql) throws WorkerGoneException {
        worker.send(new Message.Table(
                "person",
                List.of(
                        new Message.Table.Column("person_id", ColumnType.BIGINT),
                        new Message.Table.Column("year_of_birth", ColumnType.INTEGER))));
        worker.send(new Message.Rows(
                List.of(new Values.Longs(new long[] {1, 2, 3}), new Values.Ints(new int[] {1950, 1960, 1970}))));
        worker.send(new Message.Statement(sql, 1_000, 1 << 20));
        var answer = new StringBuilder();
        while (true) {
            switch (worker.receive()) {
                case Message.Lines(var lines) -> answer.append(lines);
                case Message.Header header -> answer.append(header);
                case Message.End _, Message.Failed _ -> {
                    return answer.toString();
                }
                case Message other -> throw new AssertionError(other.getClass());
            }
        }
    }

    private SortedMap<String, String> contents() throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(outside)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.getLastModifiedTime(file) + " " + Files.size(file));
            }
        }
        return contents;
    }

    /** Somebody on this machine who counts who calls. */
    private static final class Listener implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private volatile int calls;

        Listener() throws IOException {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        socket.accept().close();
                        calls++;
                    }
                } catch (IOException closed) {
                    // The test is over.
                }
            });
        }

        int port() {
            return socket.getLocalPort();
        }

        int calls() {
            return calls;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
