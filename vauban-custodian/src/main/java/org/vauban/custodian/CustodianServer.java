package org.vauban.custodian;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import jdk.net.ExtendedSocketOptions;

/**
 * A custodian that listens on a Unix domain socket in its own folder.
 *
 * <p>The folder (mode 0700) holds the sealed key file, the access log, the socket (mode 0600) and a lock: one custodian
 * per folder. Whoever may connect may use the keys, so only processes of the folder's owner are listened to; the system
 * tells whose they are. Each client has a virtual thread.
 */
public final class CustodianServer implements AutoCloseable {

    /** The most clients at a time; the next one is told so and sent away. */
    static final int CLIENTS_MAX = 64;

    private static final Logger LOGGER = System.getLogger(CustodianServer.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Path folder;
    private final Path socket;
    private final ServerSocketChannel listener;
    private final UserPrincipal owner;
    private final Strongbox strongbox;
    private final AccessLog log;
    private final Desk desk;
    private final FileChannel lock;
    private final Deadlines deadlines = new Deadlines(PATIENCE);
    private final Semaphore seats = new Semaphore(CLIENTS_MAX);
    private final Set<Visit> visits = ConcurrentHashMap.newKeySet();
    private final ReentrantLock closing = new ReentrantLock();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean stopping;

    /**
     * Opens the keys, or creates them when the folder has none yet, and listens.
     *
     * @param passphrase at least {@value Passphrase#LENGTH_MIN} characters; the caller zeroes it afterwards
     * @throws CustodianException refused: a wrong or short passphrase, a folder that others may enter, or one in use;
     *     broken: the key file was changed
     * @throws IOException when the folder cannot be written
     */
    public static CustodianServer start(Path folder, char[] passphrase, Clock clock) throws IOException {
        Passphrase.requireLength(passphrase);
        Path home = PrivateFolder.prepare(folder);
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            FileChannel lock = lock(home);
            opened.push(lock);
            Strongbox strongbox = Strongbox.open(home.resolve("custodian.keys"), passphrase, clock);
            opened.push(strongbox);
            AccessLog log = AccessLog.open(home.resolve("access.log"), clock);
            opened.push(log);
            Path socket = SocketPlace.toListen(home);
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            opened.push(listener);
            listener.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            SocketPlace.announce(home, socket);
            log.enter("start", Optional.empty(), strongbox.keys().size(), "asked", AccessLog.Durability.POWER_CUT);
            var server = new CustodianServer(home, socket, listener, strongbox, log, lock);
            Thread.ofPlatform().daemon().name("custodian-door").start(server::receive);
            return server;
        } catch (IOException | RuntimeException e) {
            closeAll(opened, e);
            throw e;
        }
    }

    private CustodianServer(
            Path folder,
            Path socket,
            ServerSocketChannel listener,
            Strongbox strongbox,
            AccessLog log,
            FileChannel lock)
            throws IOException {
        this.folder = folder;
        this.socket = socket;
        this.listener = listener;
        this.owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
        this.strongbox = strongbox;
        this.log = log;
        this.desk = new Desk(strongbox, log);
        this.lock = lock;
    }

    /** What a client connects to; the same for the life of the folder. */
    public CustodianAddress address() {
        return new CustodianAddress.Unix(folder.resolve(SocketPlace.SOCKET));
    }

    /** Waits until {@link #close} has ended. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** Lets requests in work end, for a few seconds at most, hangs up on all clients, and zeroes the keys. */
    @Override
    public void close() {
        closing.lock();
        try {
            if (stopping) {
                return;
            }
            stopping = true;
            quietly(listener);
            long end = System.nanoTime() + GRACE.toNanos();
            visits.forEach(visit -> visit.end(end));
            quietly(strongbox);
            quietly(() -> log.enter("stop", Optional.empty(), 0, "asked", AccessLog.Durability.POWER_CUT));
            quietly(log);
            quietly(deadlines);
            quietly(() -> SocketPlace.clear(folder, socket));
            quietly(lock);
        } finally {
            stopped.countDown();
            closing.unlock();
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileChannel channel = FileChannel.open(folder.resolve("custodian.lock"), options);
        Optional<FileLock> held = Optional.empty();
        try {
            held = Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException _) {
            // Held within this very process: the same answer as for another one.
        }
        if (held.isEmpty()) {
            channel.close();
            throw CustodianException.refused("A custodian is already running in " + folder + ".");
        }
        return channel;
    }

    private void receive() {
        while (!stopping) {
            try {
                seat(listener.accept());
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException | CustodianException e) {
                LOGGER.log(Level.WARNING, "A client could not be received.", e);
                // Out of file descriptors, most likely; asking again at once would only burn a processor.
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    private void seat(SocketChannel client) throws IOException {
        var frames = new FrameChannel(client, deadlines);
        if (!peer(client).equals(owner)) {
            turnAway(frames, CustodianException.refused("Only processes of the custodian's owner are listened to."));
        } else if (!seats.tryAcquire()) {
            turnAway(frames, CustodianException.refused("There are " + CLIENTS_MAX + " clients already."));
        } else {
            var visit = new Visit(frames);
            visits.add(visit);
            Thread.ofVirtual().name("custodian-client").start(visit::run);
        }
    }

    private static UserPrincipal peer(SocketChannel client) throws IOException {
        try {
            return client.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private void turnAway(FrameChannel frames, CustodianException reason) throws IOException {
        try (frames;
                var answer = Desk.failure(reason)) {
            log.enter("connect", Optional.empty(), 0, "refused", AccessLog.Durability.PROCESS);
            frames.write(answer);
        }
    }

    /** One client's stay: requests and answers in turn. */
    private final class Visit {

        private final FrameChannel frames;
        private final ReentrantLock busy = new ReentrantLock();

        private Visit(FrameChannel frames) {
            this.frames = frames;
        }

        private void run() {
            try (frames) {
                if (stopping) {
                    return;
                }
                converse();
            } catch (IOException _) {
                // The client left, or was too slow, or the custodian stops: nobody is there to be told.
            } finally {
                visits.remove(this);
                seats.release();
            }
        }

        private void converse() throws IOException {
            try {
                for (var request = frames.next(); request.isPresent(); request = frames.next()) {
                    if (!answer(request.get())) {
                        return;
                    }
                }
            } catch (CustodianException e) {
                // After a frame that is none, nobody knows where the next one begins: say so, and hang up.
                try (FieldWriter answer = desk.unreadable(e)) {
                    frames.write(answer);
                }
            }
        }

        private boolean answer(byte[] request) throws IOException {
            busy.lock();
            try {
                if (stopping) {
                    return false;
                }
                try (FieldWriter answer = desk.answer(request)) {
                    frames.write(answer);
                }
                return true;
            } finally {
                busy.unlock();
            }
        }

        private void end(long latest) {
            boolean idle = false;
            try {
                idle = busy.tryLock(latest - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            quietly(frames);
            if (idle) {
                busy.unlock();
            }
        }
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "A part of the custodian did not close.", e);
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
