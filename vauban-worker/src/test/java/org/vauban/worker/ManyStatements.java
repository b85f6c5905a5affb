package org.vauban.worker;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vauban.worker.pipe.Guard;
import org.vauban.worker.pipe.Limits;
import org.vauban.worker.pipe.Message;
import org.vauban.worker.pipe.Pipe;

/**
 * A worker for tests: it answers one statement after the other, each in a room of its own, because a start takes longer than a statement.
 * Three of the four programs below leave walls out and lie about it, so that a test can show that each wall holds alone and that without
 * any the attacks work. They are in test sources; what is shipped has no such switch.
 */
final class ManyStatements {
    private ManyStatements() {}

    /** As shipped, but that a room is kept: a SELECT leaves it as it was, and to open one takes ten times as long as most statements. */
    static final class AllWalls {
        public static void main(String[] arguments) throws IOException, SQLException {
            Limits limits = limits(arguments);
            var kept = new KeptRoom[1];
            answer(new Worker(new KernelConfinement(limits, arguments[0]), () -> {
                if (kept[0] == null || !kept[0].isLocked) {
                    // The warm-up's room is none of ours.
                    kept[0] = new KeptRoom(limits);
                }
                return kept[0];
            }));
        }
    }

    /** The kernel's walls alone: the engine is not locked and takes any statement. */
    static final class KernelAlone {
        public static void main(String[] arguments) throws IOException, SQLException {
            Limits limits = limits(arguments);
            answer(new Worker(new KernelConfinement(limits, arguments[0]), () -> new OpenRoom(limits)));
        }
    }

    /** The engine's locks alone, and statements of any kind. */
    static final class EngineAlone {
        public static void main(String[] arguments) throws IOException, SQLException {
            Limits limits = limits(arguments);
            answer(new Worker(ManyStatements::liesThatAllHolds, () -> new LockedRoomForAnything(limits)));
        }
    }

    /** No wall at all. */
    static final class NoWall {
        public static void main(String[] arguments) throws IOException, SQLException {
            Limits limits = limits(arguments);
            answer(new Worker(ManyStatements::liesThatAllHolds, () -> new OpenRoom(limits)));
        }
    }

    private static Limits limits(String[] arguments) {
        List<String> words = List.of(arguments);
        return Limits.parse(words.subList(1, words.size()));
    }

    private static void answer(Worker worker) throws IOException, SQLException {
        worker.workOn(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                ManyStatements::answerAll);
        Runtime.getRuntime().halt(0);
    }

    private static void answerAll(Worker worker, Pipe pipe) throws IOException, SQLException {
        boolean more = true;
        while (more) {
            more = worker.answer(pipe);
        }
    }

    private static Map<Guard, Boolean> liesThatAllHolds() {
        Map<Guard, Boolean> all = new EnumMap<>(Guard.class);
        for (Guard guard : Guard.values()) {
            all.put(guard, true);
        }
        return all;
    }

    /** Made, filled and locked once. */
    private static final class KeptRoom extends Room {
        private boolean isLocked;

        KeptRoom(Limits limits) throws SQLException {
            super(limits);
        }

        @Override
        void make(Message.Table wanted) throws SQLException {
            if (!isLocked) {
                super.make(wanted);
            }
        }

        @Override
        void fill(Message.Rows rows) throws SQLException, IOException {
            if (!isLocked) {
                super.fill(rows);
            }
        }

        @Override
        void lock() throws SQLException {
            if (!isLocked) {
                super.lock();
                isLocked = true;
            }
        }

        @Override
        public void close() {
            // It is used again.
        }
    }

    /** Takes any number of statements of any kind. */
    private static class LockedRoomForAnything extends Room {
        LockedRoomForAnything(Limits limits) throws SQLException {
            super(limits);
        }

        @Override
        Optional<Message.Failed> refusal(String sql) {
            return Optional.empty();
        }

        @Override
        ResultSet rows(Statement statement, String sql) throws SQLException {
            return statement.execute(sql) ? statement.getResultSet() : statement.executeQuery("SELECT 'done'");
        }
    }

    /** The same, and the engine is not locked. */
    private static final class OpenRoom extends LockedRoomForAnything {
        OpenRoom(Limits limits) throws SQLException {
            super(limits);
            // Whatever it tries to fetch it seeks on this machine, where nobody answers: a test calls nobody outside.
            set("custom_extension_repository = 'http://127.0.0.1:9'");
            set("autoinstall_extension_repository = 'http://127.0.0.1:9'");
        }

        @Override
        void lock() {
            // That is the planted fault.
        }
    }
}
