package org.vauban.custodian;

import java.time.Instant;
import java.util.Optional;

/**
 * What may be told about a key.
 *
 * @param version stands in front of everything the key wraps; counted from 1
 * @param destroyed when it was destroyed, if it was
 */
public record KeyInfo(KeyName name, KeyKind kind, int version, Instant created, Optional<Instant> destroyed) {

    public KeyInfo {
        if (version < 1) {
            throw new IllegalArgumentException("Key versions are counted from 1; found " + version + ".");
        }
    }

    KeyInfo destroyedAt(Instant moment) {
        return new KeyInfo(name, kind, version, created, Optional.of(moment));
    }
}
