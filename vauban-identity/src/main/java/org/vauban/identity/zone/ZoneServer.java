package org.vauban.identity.zone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.vauban.custodian.Custodian;
import org.vauban.custodian.CustodianAddress;
import org.vauban.custodian.CustodianClient;
import org.vauban.identity.protocol.Sockets;

/** The zone, listening on its two sockets. */
public final class ZoneServer implements AutoCloseable {

    private final Path root;
    private final Deque<AutoCloseable> parts;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();

    private ZoneServer(Path root, Deque<AutoCloseable> parts) {
        this.root = root;
        this.parts = parts;
    }

    /**
     * Opens the zone's folder, or creates it, and listens.
     *
     * @param custodian the zone's own, never the hub's
     * @throws org.vauban.identity.protocol.IdentityException refused: a folder that others may enter, or one in use
     * @throws org.vauban.custodian.CustodianException when the custodian does not answer
     */
    public static ZoneServer start(Path folder, CustodianAddress custodian, Clock clock) throws IOException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Custodian client = CustodianClient.connect(custodian);
            opened.push(client);
            Zone zone = Zone.open(folder, client, clock);
            opened.push(zone);
            opened.push(Listener.open(zone.root(), Sockets.ANSWERS, new AnswersDesk(zone)));
            opened.push(Listener.open(zone.root(), Sockets.DOOR, new DoorDesk(zone)));
            return new ZoneServer(zone.root(), opened);
        } catch (IOException | RuntimeException e) {
            closeAll(opened, e);
            throw e;
        }
    }

    /**
     * Writes {@code deposit,record,cluster} of a batch to a file of the caller's alone, for measuring a linkage whose truth is
     * known. The zone need not run.
     *
     * @return how many records
     */
    public static int clusters(Path folder, CustodianAddress custodian, String batch, Path out) throws IOException {
        try (Custodian client = CustodianClient.connect(custodian)) {
            return Zone.clusters(folder, client, batch, out);
        }
    }

    /** What producers connect to. */
    public Path door() {
        return root.resolve(Sockets.DOOR);
    }

    /** What the hub connects to. */
    public Path answers() {
        return root.resolve(Sockets.ANSWERS);
    }

    /** Waits until {@link #close} has ended. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void close() {
        if (stopping.compareAndSet(false, true)) {
            closeAll(parts, new IllegalStateException("unused"));
            stopped.countDown();
        }
    }

    private static void closeAll(Deque<AutoCloseable> opened, Exception cause) {
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
    }
}
