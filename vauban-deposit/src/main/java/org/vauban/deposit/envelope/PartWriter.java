package org.vauban.deposit.envelope;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Writes one sealed part: what is given to it is compressed and encrypted at once, and only ciphertext reaches the file.
 *
 * <p>For one thread. A part that was not {@link #finish() finished} is a cut one, which no reader accepts.
 */
public final class PartWriter implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String name;
    private final FileChannel file;
    private final DigestOutputStream digesting;
    private final OutputStream content;

    private PartWriter(String name, FileChannel file, DigestOutputStream digesting, OutputStream content) {
        this.name = name;
        this.file = file;
        this.digesting = digesting;
        this.content = content;
    }

    /**
     * Begins a part.
     *
     * @param folder of the envelope
     * @param number of the part, from 1
     */
    public static PartWriter begin(Path folder, RecipientKey key, DepositId deposit, int number, TableLine table)
            throws IOException {
        String name = Manifest.Part.name(number);
        FileChannel file = FileChannel.open(
                folder.resolve(name),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        byte[] dataKey = new byte[PartHeader.DATA_KEY_BYTES];
        try {
            RANDOM.nextBytes(dataKey);
            Compression compression = Compression.of(key.zone());
            var header = new PartHeader(compression, deposit, number, key.seal(dataKey, deposit));
            var digesting = new DigestOutputStream(
                    new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES),
                    MessageDigest.getInstance("SHA-256"));
            digesting.write(header.bytes());
            OutputStream sealing = PartHeader.cipher(dataKey)
                    .newEncryptingStream(new StaysOpen(digesting), header.associatedData(key.zone()));
            OutputStream content = new BufferedOutputStream(compression.smaller(sealing), BUFFER_BYTES);
            content.write(table.line());
            return new PartWriter(name, file, digesting, content);
        } catch (GeneralSecurityException unsealed) {
            file.close();
            throw new IOException(unsealed);
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    public void write(byte[] bytes, int from, int length) throws IOException {
        content.write(bytes, from, length);
    }

    /** Ends the part; it is durable when this returns. */
    public Manifest.Part finish() throws IOException {
        content.close();
        digesting.flush();
        file.force(true);
        long bytes = file.size();
        file.close();
        return new Manifest.Part(
                name,
                bytes,
                HexFormat.of().formatHex(digesting.getMessageDigest().digest()));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Closing the cipher writes its last segment; the file below is synced first, and closed then. */
    private static final class StaysOpen extends FilterOutputStream {
        StaysOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
