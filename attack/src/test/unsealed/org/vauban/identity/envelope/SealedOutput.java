package org.vauban.identity.envelope;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;

/** Seals nothing: the identity zone's half of the control. */
public final class SealedOutput extends FilterOutputStream {
    public SealedOutput(OutputStream sealed, byte[] dataKey, byte[] associatedData, SecureRandom random) {
        super(sealed);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        out.write(from, offset, count);
    }
}
