package org.vauban.custodian;

import java.util.Arrays;

/** What a key does. A key does one thing only. */
public enum KeyKind {
    /** Wraps and unwraps data keys with AES-256-GCM. */
    AES_256(1),
    /** Signs with Ed25519. */
    ED25519(2),
    /** Authenticates messages with HMAC-SHA-256. */
    HMAC_SHA_256(3),
    /** Opens data keys that anybody sealed to its public key: HPKE with X25519, HKDF-SHA-256 and AES-256-GCM (RFC 9180). */
    HPKE_X25519(4);

    /** The number that stands for the kind in frames and in the key file; never reused. */
    private final int number;

    KeyKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static KeyKind of(int number) {
        return Arrays.stream(values())
                .filter(kind -> kind.number == number)
                .findFirst()
                .orElseThrow(() -> CustodianException.protocol("There is no kind of key with number " + number + "."));
    }
}
