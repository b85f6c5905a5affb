package org.vauban.deposit.envelope;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * A sealed part on a disk, to be opened with the data key that the zone's custodian gave for {@link #sealedKey()}.
 *
 * <p>Content is decrypted while it is read; no byte is given out before the tag of its segment was checked, and the end is only given
 * when nothing is missing. Every fault is {@code SEAL_BROKEN}.
 */
public final class SealedPart {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final Zone zone;
    private final PartHeader header;

    private SealedPart(Path file, Zone zone, PartHeader header) {
        this.file = file;
        this.zone = zone;
        this.header = header;
    }

    /**
     * Looks at a part of a manifest.
     *
     * @param folder of the envelope
     */
    public static SealedPart of(Path folder, Manifest manifest, Manifest.Part part) {
        Path file = folder.resolve(part.name());
        try (InputStream in = Files.newInputStream(file)) {
            PartHeader header = PartHeader.read(in);
            if (!header.deposit().equals(manifest.deposit()) || header.number() != part.number()) {
                throw broken("a part of this deposit under its own number", "another one", part.name(), null);
            }
            return new SealedPart(file, manifest.zone(), header);
        } catch (IOException unreadable) {
            throw broken("a part", "no part of a known format", part.name(), unreadable);
        }
    }

    /** What the custodian opens, all of a deposit in one question. */
    public byte[] sealedKey() {
        return header.sealedKey().clone();
    }

    /** What it is bound to. */
    public byte[] info() {
        return RecipientKey.info(zone, header.deposit());
    }

    /** What is in the part, and its content. */
    public record Opened(TableLine table, InputStream content) {}

    /** Opens it. The caller closes the content, and zeroes the key after use. */
    public Opened open(byte[] dataKey) {
        String name = String.valueOf(file.getFileName());
        InputStream sealed = null;
        try {
            sealed = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
            PartHeader again = PartHeader.read(sealed);
            InputStream plain = PartHeader.cipher(dataKey).newDecryptingStream(sealed, again.associatedData(zone));
            var content = new Guarded(again.compression().whole(plain), name);
            return new Opened(TableLine.read(content), content);
        } catch (IOException | GeneralSecurityException fault) {
            closeQuietly(sealed);
            throw broken("a part sealed for this zone", "changed or foreign bytes", name, fault);
        }
    }

    private static void closeQuietly(@org.jspecify.annotations.Nullable InputStream stream) {
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException _) {
                // The fault that is about to be told is the one that matters.
            }
        }
    }

    private static ProblemException broken(
            String expected, String found, String name, @org.jspecify.annotations.Nullable Exception cause) {
        Problem problem = Problem.of(ProblemCode.SEAL_BROKEN)
                .expected(expected)
                .found(found)
                .at(Place.file(name));
        return cause == null ? problem.exception() : problem.exception(cause);
    }

    /** Says of every fault while reading that the seal is broken: compression and encryption are ours, so nobody else's mistake shows here. */
    private static final class Guarded extends InputStream {
        private final InputStream in;
        private final String name;

        Guarded(InputStream in, String name) {
            this.in = in;
            this.name = name;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            try {
                return in.read(bytes, from, length);
            } catch (EOFException cut) {
                throw broken("the whole part", "an early end", name, cut);
            } catch (IOException fault) {
                throw broken("the part as it was sealed", "changed bytes", name, fault);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
