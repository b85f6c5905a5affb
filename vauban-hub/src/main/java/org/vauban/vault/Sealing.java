package org.vauban.vault;

import java.util.function.Supplier;

/**
 * An object to seal: where it belongs, and its content, which is asked for once and only when its turn comes, so that a batch never
 * holds more than one content in memory.
 */
public record Sealing(SealContext context, Supplier<? extends Plaintext> content) {
    public static Sealing of(SealContext context, byte[] content) {
        return new Sealing(context, () -> Plaintext.of(content));
    }
}
