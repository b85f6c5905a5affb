package org.vauban.vault;

import java.io.IOException;
import java.io.OutputStream;

/** Content to seal. It lives in memory only, and is closed (and freed) as soon as it is sealed. */
public interface Plaintext extends AutoCloseable {
    /** The number of bytes that {@link #writeTo} will write. */
    long size();

    void writeTo(OutputStream out) throws IOException;

    @Override
    default void close() {}

    /** The bytes themselves; not copied. */
    static Plaintext of(byte[] bytes) {
        return new Plaintext() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }
}
