package org.vauban.attack.home;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * A sealed object's file, read as its format says ({@code docs/formats/vault.md}); written from the document, not from the hub's code.
 */
public final class SealedFile {
    private static final int VERSION_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int STREAM_HEADER_BYTES = 40;
    private static final int TAG_BYTES = 16;

    private final byte[] header;
    private final int segmentBytes;
    private final byte[] objectId;
    private final String keyName;
    private final byte[] wrappedKey;
    private final byte[] ciphertext;

    private SealedFile(
            byte[] header, int segmentBytes, byte[] objectId, String keyName, byte[] wrappedKey, byte[] ciphertext) {
        this.header = header;
        this.segmentBytes = segmentBytes;
        this.objectId = objectId;
        this.keyName = keyName;
        this.wrappedKey = wrappedKey;
        this.ciphertext = ciphertext;
    }

    /** Reads a file that is a sealed object. */
    public static SealedFile read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            ByteBuffer in = ByteBuffer.wrap(bytes);
            byte[] magic = take(in, 4);
            if (!Arrays.equals(magic, "VOBJ".getBytes(StandardCharsets.US_ASCII)) || in.get() != 1) {
                throw new IllegalArgumentException("The file is no sealed object of format 1");
            }
            int segmentBytes = 1 << in.get();
            byte[] objectId = take(in, 16);
            String keyName = new String(take(in, in.get() & 0xff), StandardCharsets.US_ASCII);
            byte[] wrappedKey = take(in, in.getShort() & 0xffff);
            byte[] header = Arrays.copyOf(bytes, in.position());
            return new SealedFile(header, segmentBytes, objectId, keyName, wrappedKey, take(in, in.remaining()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The name of the key that wraps its data key. */
    public String keyName() {
        return keyName;
    }

    /** Its data key as the custodian wrapped it. */
    public byte[] wrappedKey() {
        return wrappedKey.clone();
    }

    /** What the wrapping is bound to, for somebody who knows hub, kind and bucket: an attacker who read the source does. */
    public byte[] associatedData(String hubId, String kind, int bucket) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeUTF("vauban sealed object 1");
            out.writeUTF(hubId);
            out.writeUTF(keyName);
            out.writeUTF(kind);
            out.writeInt(bucket);
            out.write(objectId);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** What it holds, for somebody who has its data key: the content without its length and the zeros behind. */
    public byte[] open(byte[] dataKey, byte[] associatedData) {
        try (InputStream opening = new AesGcmHkdfStreaming(dataKey, "HmacSha256", 32, segmentBytes, 0)
                .newDecryptingStream(new ByteArrayInputStream(ciphertext), joined(associatedData, header))) {
            long length = ByteBuffer.wrap(opening.readNBytes(Long.BYTES)).getLong();
            byte[] content = opening.readNBytes(Math.toIntExact(length));
            opening.transferTo(OutputStream.nullOutputStream());
            return content;
        } catch (IOException | GeneralSecurityException closed) {
            throw new IllegalStateException("The seal does not open with this key at this place", closed);
        }
    }

    /** How many bytes lie under the seal, padding among them: all that a size tells. */
    public long paddedBytes() {
        long segments = (ciphertext.length + segmentBytes - 1L) / segmentBytes;
        return ciphertext.length - STREAM_HEADER_BYTES - TAG_BYTES * segments;
    }

    /** The part of the file that must look like chance. */
    public byte[] ciphertext() {
        return ciphertext.clone();
    }

    /** The lock that its data key opens. */
    public Lock firstChunk(byte[] associatedData) {
        return new Lock.FirstChunk(segmentBytes, joined(associatedData, header), ciphertext);
    }

    /** The lock that the custodian's wrapping key opens. */
    public Lock wrapping(byte[] associatedData) {
        ByteBuffer in = ByteBuffer.wrap(wrappedKey);
        byte[] version = take(in, VERSION_BYTES);
        byte[] nonce = take(in, NONCE_BYTES);
        return new Lock.WrappedKey(nonce, take(in, in.remaining()), joined(version, associatedData));
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] take(ByteBuffer in, int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    /** True for a file that begins as sealed objects do. */
    public static boolean isOne(Path file) {
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            return Arrays.equals(in.readNBytes(4), "VOBJ".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
