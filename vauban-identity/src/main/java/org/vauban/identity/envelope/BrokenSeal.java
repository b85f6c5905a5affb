package org.vauban.identity.envelope;

import java.io.IOException;

/** Sealed bytes were changed, cut short, or belong to another place or key. */
public final class BrokenSeal extends IOException {

    private static final long serialVersionUID = 1L;

    public BrokenSeal(String message) {
        super(message);
    }
}
