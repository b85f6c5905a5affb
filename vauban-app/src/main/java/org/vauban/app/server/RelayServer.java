package org.vauban.app.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.vauban.app.terminal.Relay;

/** Listens at HOME's socket and runs the verbs that command lines bring, each in a thread of its own. */
public final class RelayServer implements AutoCloseable {
    private final ServerSocketChannel listening;
    private final Path home;
    private final Path place;
    private final Relay.Runner runner;

    private RelayServer(ServerSocketChannel listening, Path home, Path place, Relay.Runner runner) {
        this.listening = listening;
        this.home = home;
        this.place = place;
        this.runner = runner;
    }

    /** Starts listening. Only the owner of the home may call it. */
    public static RelayServer start(Path home, Relay.Runner runner) {
        try {
            Path place = Relay.placeToListen(home);
            var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listening.bind(UnixDomainSocketAddress.of(place));
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-------"));
            var server = new RelayServer(listening, home, place, runner);
            Thread.ofVirtual().name("relay").start(server::accept);
            return server;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void accept() {
        while (listening.isOpen()) {
            try {
                SocketChannel caller = listening.accept();
                Thread.ofPlatform().name("relayed-verb").daemon().start(() -> answer(caller));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    private void answer(SocketChannel caller) {
        try (caller) {
            Relay.answer(caller, runner);
        } catch (IOException | UncheckedIOException gone) {
            // The caller went away; the verb's act is in the log, concluded or not, and nobody is left to be told.
            Thread.yield();
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            Files.deleteIfExists(place);
            Files.deleteIfExists(Relay.socketOf(home));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
