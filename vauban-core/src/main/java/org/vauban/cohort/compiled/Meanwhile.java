package org.vauban.cohort.compiled;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that another thread makes while this one does what does not need it yet. */
final class Meanwhile<T> implements AutoCloseable {
    private final Thread thread;
    private @Nullable FutureTask<T> task;

    Meanwhile(Supplier<T> work) {
        task = new FutureTask<>(work::get);
        this.thread = Thread.ofPlatform().daemon().name("meanwhile").start(task);
    }

    /** Waits for it, and hands it over once; its failure is this thread's. */
    T made() {
        FutureTask<T> made = Objects.requireNonNull(task);
        // It may be large, and is nobody's but the caller's.
        task = null;
        try {
            return made.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            if (failed.getCause() instanceof Error reason) {
                throw reason;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while something was being made", stopped);
        }
    }

    /** Comes back when nobody works on it any more: what it was made from may be closed then. */
    @Override
    public void close() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
