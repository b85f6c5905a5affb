package org.vauban.identity.protocol;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/**
 * Where the zone's sockets lie, and how they are reached. Their names are always {@code <zone>/door.sock} and {@code
 * <zone>/answers.sock}. Unix allows a socket's path about a hundred bytes; when the zone's folder is deeper than that, the
 * file {@code <name>.address} beside the name holds the path of the socket.
 */
public final class Sockets {

    public static final String DOOR = "door.sock";
    public static final String ANSWERS = "answers.sock";
    /** The longest path that every system lets a socket have. */
    public static final int PATH_BYTES_MAX = 100;

    private static final int ADDRESS_BYTES_MAX = 4_096;

    private Sockets() {}

    /** The file that holds the socket's path when it lies elsewhere. */
    public static Path addressFile(Path socket) {
        return socket.resolveSibling(socket.getFileName() + ".address");
    }

    public static boolean fits(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= PATH_BYTES_MAX;
    }

    static Frames connect(Path socket, Duration patience) {
        Path named = socket.toAbsolutePath().normalize();
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(place(named)));
                requireOwner(channel, named);
                return new Frames(channel, patience);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw absent(named, e);
        }
    }

    static IdentityException absent(Path socket, IOException cause) {
        return new IdentityException(
                IdentityException.Kind.ABSENT,
                "No identity zone answers at " + socket + ". Start it with: vauban identity serve",
                cause);
    }

    private static Path place(Path socket) throws IOException {
        Path address = addressFile(socket);
        if (!Files.isRegularFile(address, LinkOption.NOFOLLOW_LINKS)) {
            return socket;
        }
        if (Files.size(address) > ADDRESS_BYTES_MAX) {
            throw IdentityException.protocol("File " + address + " is too long for an address.");
        }
        return Path.of(Files.readString(address).strip());
    }

    // Whoever can put a socket under a temporary folder could otherwise pass for the zone.
    private static void requireOwner(SocketChannel channel, Path socket) throws IOException {
        Path folder = socket.getParent();
        if (folder == null
                || !Files.getOwner(folder)
                        .equals(channel.getOption(ExtendedSocketOptions.SO_PEERCRED)
                                .user())) {
            throw IdentityException.refused("Whoever answers at " + socket + " is not the owner of its folder.");
        }
    }
}
