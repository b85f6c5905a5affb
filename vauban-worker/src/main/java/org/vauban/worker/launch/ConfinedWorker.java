package org.vauban.worker.launch;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.vauban.worker.pipe.Message;
import org.vauban.worker.pipe.Pipe;

/** One worker that told that its walls stand. It takes tables and one statement, answers, and is gone. */
public final class ConfinedWorker implements AutoCloseable {
    /** What the system says of a process that the kernel killed. */
    private static final int KILLED = 128 + 9;

    private static final long LOOK_EVERY_MILLIS = 1_000;
    private static final long TO_END_MILLIS = 5_000;

    private final Process process;
    private final Pipe pipe;
    private final Message.Ready ready;
    private final ScheduledExecutorService clock;
    private volatile boolean outOfTime;

    ConfinedWorker(Process process, Pipe pipe, Message.Ready ready, ScheduledExecutorService clock) {
        this.process = process;
        this.pipe = pipe;
        this.ready = ready;
        this.clock = clock;
    }

    /** False when it has ended, whoever ended it. */
    boolean isThere() {
        return process.toHandle().isAlive();
    }

    /** Which walls held when it tried them. */
    public Message.Ready ready() {
        return ready;
    }

    /**
     * Kills it after so long, and as soon as it may not go on, if it is still there.
     *
     * @param mayGoOn is asked every second
     */
    public void watch(Duration longest, BooleanSupplier mayGoOn) {
        var end = clock.schedule(this::kill, longest.toMillis(), TimeUnit.MILLISECONDS);
        var looks = clock.scheduleWithFixedDelay(
                () -> killUnless(mayGoOn), LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        process.onExit().thenRun(() -> {
            end.cancel(false);
            looks.cancel(false);
        });
    }

    /** Whoever cannot be asked has not said yes. */
    private void killUnless(BooleanSupplier mayGoOn) {
        boolean may = false;
        try {
            may = mayGoOn.getAsBoolean();
        } finally {
            if (!may) {
                kill();
            }
        }
    }

    private void kill() {
        outOfTime = true;
        process.destroyForcibly();
    }

    /** @throws WorkerGoneException when it has ended */
    public void send(Message message) throws WorkerGoneException {
        try {
            pipe.send(message);
        } catch (IOException broken) {
            throw gone();
        }
    }

    /** The next message of its answer. */
    public Message receive() throws WorkerGoneException {
        try {
            return pipe.receive().orElseThrow(this::gone);
        } catch (WorkerGoneException known) {
            throw known;
        } catch (IOException broken) {
            throw gone();
        }
    }

    /** A worker whose pipe is broken is about to end; one that does not is made to, and then it was not the kernel who killed it. */
    private WorkerGoneException gone() {
        boolean killed = hasEnded() && process.exitValue() == KILLED;
        process.destroyForcibly();
        return new WorkerGoneException(outOfTime || killed ? Ending.OUT_OF_TIME : Ending.DIED);
    }

    private boolean hasEnded() {
        try {
            return process.waitFor(TO_END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
