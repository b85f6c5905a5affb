package org.vauban.duck;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at the same time, each on a thread of its own. What one thread does with a session, another must not. */
public final class Together {
    private Together() {}

    /** Comes back when all have ended, well or not; then the first failure, in the order of the list, is passed on. */
    public static void run(List<? extends Runnable> tasks) {
        try (var threads = Executors.newFixedThreadPool(tasks.size())) {
            List<? extends Future<?>> running =
                    tasks.stream().map(threads::submit).toList();
            for (Future<?> task : running) {
                task.get();
            }
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
            throw new IllegalStateException("Stopped while several things were being done", stopped);
        }
    }
}
