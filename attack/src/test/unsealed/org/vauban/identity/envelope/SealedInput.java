package org.vauban.identity.envelope;

import java.io.FilterInputStream;
import java.io.InputStream;

/** Opens nothing, because nothing is sealed: the identity zone's half of the control. */
public final class SealedInput extends FilterInputStream {
    public SealedInput(InputStream sealed, byte[] dataKey, byte[] associatedData) {
        super(sealed);
    }
}
