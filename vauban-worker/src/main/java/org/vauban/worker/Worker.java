package org.vauban.worker;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.vauban.worker.pipe.Failure;
import org.vauban.worker.pipe.Guard;
import org.vauban.worker.pipe.Limits;
import org.vauban.worker.pipe.Message;
import org.vauban.worker.pipe.Pipe;

/** The worker's life: load, confine, tell, take tables, run one statement, end. */
public final class Worker {
    /** A wall that is needed does not stand: nothing was read. */
    public static final int UNCONFINED = 3;

    private static final int DONE = 0;

    private final Confinement confinement;
    private final Rooms rooms;

    Worker(Confinement confinement, Rooms rooms) {
        this.confinement = confinement;
        this.rooms = rooms;
    }

    /** Makes the room for one statement. */
    @FunctionalInterface
    interface Rooms {
        Room open() throws SQLException;
    }

    /** @param arguments the network of whoever starts it, as {@code /proc/self/ns/net} names it, and then the {@link Limits} */
    public static void main(String[] arguments) throws IOException, SQLException {
        List<String> words = List.of(arguments);
        Limits limits = Limits.parse(words.subList(1, words.size()));
        var worker = new Worker(new KernelConfinement(limits, words.getFirst()), () -> new Room(limits));
        int status = worker.workOn(
                new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out), Worker::answer);
        // Nothing is left to do in order: the process has no file, and its memory goes with it.
        Runtime.getRuntime().halt(status);
    }

    /** What a confined worker does with its pipe. */
    @FunctionalInterface
    interface Work {
        void on(Worker worker, Pipe pipe) throws IOException, SQLException;
    }

    int workOn(InputStream in, OutputStream out, Work work) throws IOException, SQLException {
        // Behind the walls no file can be opened any more, so what is needed of the engine and of Java is loaded
        // before.
        WarmUp.run(rooms);
        var pipe = new Pipe(in, out);
        Message.Ready ready = new Message.Ready(confinement.confine());
        pipe.send(ready);
        for (Guard guard : Guard.values()) {
            if (guard.isNeeded() && !ready.holds(guard)) {
                return UNCONFINED;
            }
        }
        work.on(this, pipe);
        return DONE;
    }

    /** Takes tables and one statement, and answers it; false when the hub closed the pipe without a statement. */
    boolean answer(Pipe pipe) throws IOException, SQLException {
        try (Room room = rooms.open()) {
            for (Optional<Message> next = pipe.receive(); next.isPresent(); next = pipe.receive()) {
                switch (next.get()) {
                    case Message.Table table -> room.make(table);
                    case Message.Rows rows -> room.fill(rows);
                    case Message.Statement statement -> {
                        room.lock();
                        room.run(statement, pipe);
                        return true;
                    }
                    case Message.Ready _, Message.Header _, Message.Lines _, Message.End _, Message.Failed _ ->
                        throw new IOException("the hub says what only workers say");
                }
            }
        } catch (OutOfMemoryError none) {
            pipe.send(new Message.Failed(Failure.MEMORY, Room.NOWHERE));
            return true;
        }
        return false;
    }
}
