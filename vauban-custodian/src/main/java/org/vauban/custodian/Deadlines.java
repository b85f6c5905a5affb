package org.vauban.custodian;

import java.io.IOException;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds how long an exchange may take, by closing its channel. A Unix domain channel knows no timeout of its own, and a
 * close from another thread wakes whoever waits in it.
 */
final class Deadlines implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer;
    private final Duration patience;

    Deadlines(Duration patience) {
        this.patience = patience;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("custodian-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        // Exchanges that begin while everything closes need no alarm: their channels are closed anyway.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    Duration patience() {
        return patience;
    }

    Deadline start(Channel channel) {
        return new Deadline(channel);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One running deadline; closing it in time stops it. */
    final class Deadline implements AutoCloseable {

        private final AtomicBoolean passed = new AtomicBoolean();
        private final ScheduledFuture<?> alarm;

        private Deadline(Channel channel) {
            this.alarm = timer.schedule(() -> pass(channel), patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        boolean hasPassed() {
            return passed.get();
        }

        @Override
        public void close() {
            alarm.cancel(false);
        }

        private void pass(Channel channel) {
            passed.set(true);
            try {
                channel.close();
            } catch (IOException _) {
                // Whoever waits in the channel meets the same failure.
            }
        }
    }
}
