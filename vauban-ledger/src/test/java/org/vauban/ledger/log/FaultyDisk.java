package org.vauban.ledger.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A disk that fails at a chosen step, in a chosen way. It counts each step that changes something, and remembers the names
 * that were not made durable, so that a power cut can take back any of them. It does not wait for the machine's own disk,
 * whose power is not cut.
 */
final class FaultyDisk implements Disk {

    enum Way {
        /** The step fails as on a full disk; what was written of a file stays half-written. */
        FULL,
        /** The operating system does not confirm the step; the step before it fails as on a full disk. */
        NOT_DURABLE,
        /** The process dies before the step. */
        KILLED,
        /** The machine dies before the step: names that were not durable may be gone, in any combination. */
        POWER_CUT
    }

    /** Ends a test's process in the middle of a step; no code of the log catches it. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private interface Undo {
        void run() throws IOException;
    }

    private record Name(Path folder, Undo undo) {}

    private final Disk disk = new RealDisk();
    private final Deque<Name> namesNotDurable = new ArrayDeque<>();
    private final int faultyStep;
    private final Way way;
    private final Random random;
    private UnaryOperator<byte[]> reading = bytes -> bytes;
    private int steps;

    FaultyDisk(int faultyStep, Way way, long seed) {
        this.faultyStep = faultyStep;
        this.way = way;
        this.random = new Random(seed);
    }

    static FaultyDisk sound() {
        return new FaultyDisk(-1, Way.KILLED, 0);
    }

    /** Lets everything that is read pass through a change. */
    void changeWhatIsRead(UnaryOperator<byte[]> change) {
        reading = change;
    }

    int steps() {
        return steps;
    }

    @Override
    public byte[] read(Path file) throws IOException {
        return reading.apply(disk.read(file));
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public List<Path> filesUnder(Path folder) throws IOException {
        return disk.filesUnder(folder);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        step();
        disk.createFolder(folder);
        namesNotDurable.push(new Name(parent(folder), () -> deleteWithAllInIt(folder)));
    }

    @Override
    public void writeDurably(Path file, byte[] bytes) throws IOException {
        try {
            step();
        } catch (IOException | Death e) {
            Files.write(file, List.of("half a file"));
            throw e;
        }
        Files.write(file, bytes);
        durableStep();
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        step();
        Undo undo = previousState(to);
        disk.move(from, to);
        namesNotDurable.push(new Name(parent(to), undo));
    }

    @Override
    public void makeNamesDurable(Path folder) throws NotDurableException {
        durableStep();
        namesNotDurable.removeIf(name -> name.folder().equals(folder));
    }

    @Override
    public void delete(Path path) throws IOException {
        step();
        Undo undo = previousState(path);
        disk.delete(path);
        namesNotDurable.push(new Name(parent(path), undo));
    }

    private void step() throws IOException {
        if (steps++ == faultyStep) {
            if (way == Way.KILLED || way == Way.POWER_CUT) {
                die();
            }
            throw new IOException("No space left on device");
        }
    }

    private void durableStep() throws NotDurableException {
        if (steps++ == faultyStep) {
            if (way == Way.KILLED || way == Way.POWER_CUT) {
                die();
            }
            throw new NotDurableException(new IOException("Input/output error"));
        }
    }

    private void die() {
        if (way == Way.POWER_CUT) {
            loseNames();
        }
        throw new Death();
    }

    private void loseNames() {
        try {
            for (Iterator<Name> names = namesNotDurable.iterator(); names.hasNext(); ) {
                Name name = names.next();
                if (random.nextBoolean() && Files.exists(name.folder())) {
                    name.undo().run();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Undo previousState(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            byte[] content = Files.readAllBytes(path);
            return () -> Files.write(path, content);
        }
        return Files.isDirectory(path) ? () -> {} : () -> Files.deleteIfExists(path);
    }

    private static void deleteWithAllInIt(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> inside = new ArrayList<>();
        try (var paths = Files.walk(folder)) {
            paths.forEach(inside::addFirst);
        }
        for (Path path : inside) {
            Files.delete(path);
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("no parent");
        }
        return parent;
    }
}
