package org.vauban.worker;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** A thread that was there before the walls were: some walls stand around all threads, and whether they do is asked there. */
final class Elsewhere implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    Elsewhere() {
        // The thread starts with its first task.
        finds(() -> true);
    }

    boolean finds(BooleanSupplier probe) {
        Future<Boolean> answer = thread.submit(probe::getAsBoolean);
        try {
            return answer.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException failed) {
            return false;
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
