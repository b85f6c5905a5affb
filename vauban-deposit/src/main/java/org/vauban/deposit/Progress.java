package org.vauban.deposit;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** How far a deposit is. Every reader asks it, so it is also where a deposit is stopped. */
public final class Progress {
    private static final long EVERY_NANOS = Duration.ofMillis(500).toNanos();

    private final LongSupplier nanos;
    private final Consumer<Step> listener;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong told = new AtomicLong();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final long begun;
    private volatile long total;

    /**
     * How far it is.
     *
     * @param bytes read
     * @param of all bytes of the files
     * @param left the time it will take if it goes on like this
     */
    public record Step(long bytes, long of, Duration left) {}

    /**
     * Makes one.
     *
     * @param nanos a clock that only goes forward, such as {@code System::nanoTime}
     * @param listener is told at most twice a second
     */
    public Progress(LongSupplier nanos, Consumer<Step> listener) {
        this.nanos = nanos;
        this.listener = listener;
        this.begun = nanos.getAsLong();
        this.told.set(begun);
    }

    /** Tells nobody. */
    public static Progress silent() {
        return new Progress(() -> 0, _ -> {});
    }

    /** Stops the deposit at the next block that is read. It can be taken up again. */
    public void cancel() {
        cancelled.set(true);
    }

    boolean isCancelled() {
        return cancelled.get();
    }

    void expect(long bytes) {
        total = bytes;
    }

    void read(int bytes) {
        if (cancelled.get()) {
            throw new CancellationException();
        }
        long sum = done.addAndGet(bytes);
        long now = nanos.getAsLong();
        long last = told.get();
        if (now - last >= EVERY_NANOS && told.compareAndSet(last, now)) {
            double spent = now - begun;
            long left = sum == 0 ? 0 : (long) (spent / sum * Math.max(0, total - sum));
            listener.accept(new Step(sum, total, Duration.ofNanos(left)));
        }
    }
}
