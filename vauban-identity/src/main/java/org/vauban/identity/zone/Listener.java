package org.vauban.identity.zone;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;
import org.vauban.custodian.CustodianException;
import org.vauban.identity.protocol.Frames;
import org.vauban.identity.protocol.IdentityException;
import org.vauban.identity.protocol.MessageWriter;
import org.vauban.identity.protocol.Sockets;

/**
 * One of the zone's sockets. Only processes of the folder's owner are listened to; the system tells whose they are. Each
 * client has a virtual thread. A failure is told by its kind alone: an exception's own words might hold a value.
 */
final class Listener implements AutoCloseable {

    static final int CLIENTS_MAX = 32;

    private static final Logger LOGGER = System.getLogger(Listener.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path name;
    private final Path socket;
    private final ServerSocketChannel listener;
    private final UserPrincipal owner;
    private final Desk desk;
    private final Semaphore seats = new Semaphore(CLIENTS_MAX);
    private final Set<Frames> visitors = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /** Answers one request, with one frame or several. */
    interface Desk {
        void answer(byte[] request, Frames frames) throws IOException;
    }

    private Listener(Path name, Path socket, ServerSocketChannel listener, UserPrincipal owner, Desk desk) {
        this.name = name;
        this.socket = socket;
        this.listener = listener;
        this.owner = owner;
        this.desk = desk;
    }

    /** Only the holder of the folder's lock may call it: a socket that is there is one that a dead process left. */
    static Listener open(Path folder, String file, Desk desk) throws IOException {
        Path name = folder.resolve(file);
        Files.deleteIfExists(name);
        Files.deleteIfExists(Sockets.addressFile(name));
        Path socket = Sockets.fits(name) ? name : elsewhere(folder, file);
        Files.deleteIfExists(socket);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            if (!socket.equals(name)) {
                Files.writeString(Sockets.addressFile(name), socket + "\n");
            }
            UserPrincipal owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
            var listener = new Listener(name, socket, channel, owner, desk);
            Thread.ofPlatform().daemon().name("identity-" + file).start(listener::receive);
            return listener;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        listener.close();
        for (Frames visitor : visitors) {
            visitor.close();
        }
        Files.deleteIfExists(socket);
        Files.deleteIfExists(Sockets.addressFile(name));
    }

    /** A private folder under the temporary one, for folders that are too deep for a socket. */
    private static Path elsewhere(Path folder, String file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(folder.toRealPath().toString().getBytes(StandardCharsets.UTF_8));
            Path shelter = ZoneFolder.prepare(Path.of(System.getProperty("java.io.tmpdir"))
                    .resolve("vauban-identity-" + HexFormat.of().formatHex(digest, 0, 8)));
            Path socket = shelter.resolve(file);
            if (!Sockets.fits(socket)) {
                throw IdentityException.refused("The path of a socket has at most " + Sockets.PATH_BYTES_MAX
                        + " bytes, and those of the zone's folder and of the temporary folder are longer.");
            }
            return socket;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private void receive() {
        while (!stopping) {
            try {
                seat(listener.accept());
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                LOGGER.log(
                        Level.WARNING,
                        "A client could not be received: " + e.getClass().getSimpleName());
                // Out of file descriptors, most likely; asking again at once would only burn a processor.
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    private void seat(SocketChannel client) throws IOException {
        var frames = new Frames(client, PATIENCE);
        boolean own;
        try {
            own = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(owner);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        if (!own) {
            turnAway(frames, "Only processes of the zone's owner are listened to.");
        } else if (!seats.tryAcquire()) {
            turnAway(frames, "There are " + CLIENTS_MAX + " clients already.");
        } else {
            visitors.add(frames);
            Thread.ofVirtual().name("identity-client").start(() -> converse(frames));
        }
    }

    private static void turnAway(Frames frames, String reason) throws IOException {
        try (frames) {
            frames.write(failure(IdentityException.refused(reason)));
        }
    }

    private void converse(Frames frames) {
        try (frames) {
            for (Optional<byte[]> request = next(frames); request.isPresent(); request = next(frames)) {
                answer(request.get(), frames);
            }
        } catch (IOException _) {
            // The client left, or was too slow, or the zone stops: nobody is there to be told.
        } finally {
            visitors.remove(frames);
            seats.release();
        }
    }

    private static Optional<byte[]> next(Frames frames) throws IOException {
        try {
            return frames.next();
        } catch (IdentityException e) {
            // After a frame that is none, nobody knows where the next one begins: say so, and hang up.
            frames.write(failure(e));
            return Optional.empty();
        }
    }

    private void answer(byte[] request, Frames frames) throws IOException {
        try {
            desk.answer(request, frames);
        } catch (IdentityException e) {
            frames.write(failure(e));
        } catch (CustodianException e) {
            IdentityException.Kind kind = e.kind() == CustodianException.Kind.BROKEN
                    ? IdentityException.Kind.BROKEN
                    : IdentityException.Kind.FAILED;
            frames.write(failure(new IdentityException(kind, "The zone's custodian: " + e.getMessage(), e)));
        } catch (java.nio.channels.ClosedChannelException | java.io.EOFException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.ERROR, "A request failed: " + e.getClass().getSimpleName());
            frames.write(failure(new IdentityException(
                    IdentityException.Kind.FAILED,
                    "The identity zone failed (" + e.getClass().getSimpleName() + ").",
                    e)));
        }
    }

    private static MessageWriter failure(IdentityException reason) {
        return new MessageWriter().octet(reason.kind().number()).text(String.valueOf(reason.getMessage()));
    }
}
