package org.vauban.custodian;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where a custodian's socket lies.
 *
 * <p>Its name is always {@code <folder>/custodian.sock}. Unix allows a socket's path about a hundred bytes (108 on Linux,
 * 104 on others, with a final zero), and folders may be deeper than that. The socket then lies in a private folder under
 * the system's temporary folder, named after a hash of the real folder, and the file {@code <folder>/address} tells where.
 * Only the owner of {@code <folder>} can write that file, and a client checks that the process behind the socket runs as
 * this owner; so a stranger's socket under the temporary folder is never believed.
 */
final class SocketPlace {

    static final String SOCKET = "custodian.sock";
    static final String ADDRESS = "address";
    private static final int PATH_BYTES_MAX = 100;
    private static final int ADDRESS_BYTES_MAX = 4_096;

    /** The path to bind, its folder made; nothing lies there any more. Only the holder of the folder's lock may call it. */
    static Path toListen(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(SOCKET));
        Files.deleteIfExists(folder.resolve(ADDRESS));
        if (fits(folder.resolve(SOCKET))) {
            return folder.resolve(SOCKET);
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path socket = PrivateFolder.prepare(temporary.resolve("vauban-" + hash(folder)))
                .resolve(SOCKET);
        if (!fits(socket)) {
            throw CustodianException.refused("The path of a socket has at most " + PATH_BYTES_MAX
                    + " bytes, and those of the folder and of the temporary folder are longer. Choose a shorter one.");
        }
        Files.deleteIfExists(socket);
        return socket;
    }

    /** Leaves word in the folder when the socket lies elsewhere. */
    static void announce(Path folder, Path socket) throws IOException {
        if (!socket.startsWith(folder)) {
            byte[] address = (new CustodianAddress.Unix(socket) + "\n").getBytes(StandardCharsets.UTF_8);
            Durable.replace(folder.resolve(ADDRESS), ByteBuffer.wrap(address));
        }
    }

    static void clear(Path folder, Path socket) throws IOException {
        Files.deleteIfExists(socket);
        if (!socket.startsWith(folder)) {
            Files.deleteIfExists(folder.resolve(ADDRESS));
            Path shelter = socket.getParent();
            if (shelter != null) {
                Files.deleteIfExists(shelter);
            }
        }
    }

    /** The path to connect to for a socket's name: what {@code address} beside it says, else the name itself. */
    static Path toConnect(Path socket) throws IOException {
        Path address = socket.resolveSibling(ADDRESS);
        if (!Files.isRegularFile(address, LinkOption.NOFOLLOW_LINKS)) {
            return socket;
        }
        if (Files.size(address) > ADDRESS_BYTES_MAX) {
            throw CustodianException.protocol("File " + address + " is too long for an address.");
        }
        try {
            return switch (CustodianAddress.parse(Files.readString(address).strip())) {
                case CustodianAddress.Unix unix -> unix.path();
            };
        } catch (IllegalArgumentException e) {
            throw CustodianException.protocol("File " + address + " holds no address: " + e.getMessage());
        }
    }

    private static boolean fits(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= PATH_BYTES_MAX;
    }

    private static String hash(Path folder) throws IOException {
        try {
            byte[] name = folder.toRealPath().toString().getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private SocketPlace() {}
}
