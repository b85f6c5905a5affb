package org.vauban.identity.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;

/** A producer at the zone's door. */
public final class DoorClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PIECE_BYTES = 4 << 20;
    private static final int NAMES_MAX = 10_000;
    private static final int TEXT_MAX = 65_536;

    private final Path socket;
    private final Frames frames;

    private DoorClient(Path socket, Frames frames) {
        this.socket = socket;
        this.frames = frames;
    }

    /**
     * Connects.
     *
     * @param socket the zone's {@code door.sock}
     * @throws IdentityException absent, when nobody answers there
     */
    public static DoorClient connect(Path socket) {
        return new DoorClient(socket, Sockets.connect(socket, PATIENCE));
    }

    /** The raw X25519 public key, 32 bytes, that identity parts are sealed to. */
    public byte[] publicKey() {
        MessageReader answer = ask(new MessageWriter().octet(Operation.PUBLIC_KEY));
        byte[] key = answer.bytes(32);
        answer.end();
        return key;
    }

    /**
     * What was given.
     *
     * @param deposit its id
     * @param parts how many parts it has
     * @param sent how many of them travelled now; the others were there already
     * @param bytes of all parts
     */
    public record Receipt(String deposit, int parts, int sent, long bytes) {}

    /** {@link #give(Path, LongConsumer)}, without watching. */
    public Receipt give(Path folder) {
        return give(folder, _ -> {});
    }

    /**
     * Gives a sealed identity deposit. May be repeated after an interruption: parts that arrived are not sent again.
     *
     * @param folder with {@code manifest.json} and the parts
     * @param progress is told the bytes that arrived so far
     * @throws IdentityException refused, when the deposit is sealed for another zone or there already; broken, when a part is not
     *     what the manifest says
     */
    public Receipt give(Path folder, LongConsumer progress) {
        try {
            byte[] manifest = DepositManifest.read(folder);
            DepositManifest deposit = DepositManifest.parse(manifest);
            MessageReader begun = ask(new MessageWriter().octet(Operation.BEGIN).bytes(manifest));
            Set<String> held = new HashSet<>();
            int count = begun.count(NAMES_MAX);
            for (int at = 0; at < count; at++) {
                held.add(begun.text(TEXT_MAX));
            }
            begun.end();
            long bytes = 0;
            int sent = 0;
            for (DepositManifest.Part part : deposit.parts()) {
                if (!held.contains(part.name())) {
                    send(deposit.deposit(), folder.resolve(part.name()), part);
                    sent++;
                }
                bytes += part.bytes();
                progress.accept(bytes);
            }
            ask(new MessageWriter().octet(Operation.FINISH).text(deposit.deposit()))
                    .end();
            return new Receipt(deposit.deposit(), deposit.parts().size(), sent, bytes);
        } catch (IOException e) {
            throw Sockets.absent(socket, e);
        }
    }

    @Override
    public void close() {
        try {
            frames.close();
        } catch (IOException _) {
            // Gone already.
        }
    }

    private void send(String deposit, Path file, DepositManifest.Part part) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != part.bytes()) {
            throw IdentityException.broken("Expected a file of " + part.bytes()
                    + " bytes as the manifest says, found another at " + file + ".");
        }
        try (InputStream in = Files.newInputStream(file)) {
            long offset = 0;
            byte[] piece = new byte[PIECE_BYTES];
            while (offset < part.bytes()) {
                int length = in.readNBytes(piece, 0, piece.length);
                if (length == 0) {
                    throw IdentityException.broken("File " + file + " became shorter while it was read.");
                }
                ask(new MessageWriter()
                                .octet(Operation.PIECE)
                                .text(deposit)
                                .text(part.name())
                                .longNumber(offset)
                                .bytes(piece, length))
                        .end();
                offset += length;
            }
        }
    }

    private MessageReader ask(MessageWriter request) {
        try {
            frames.write(request);
            return Answers.done(frames.answer());
        } catch (IOException e) {
            throw Sockets.absent(socket, e);
        }
    }
}
