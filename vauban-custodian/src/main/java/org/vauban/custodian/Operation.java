package org.vauban.custodian;

import java.util.Arrays;
import java.util.Locale;

/** What may be asked of a custodian, with the number that begins a request; never reused. */
enum Operation {
    HELLO(1),
    WRAP(2),
    UNWRAP(3),
    SIGN(4),
    PUBLIC_KEY(5),
    MAC(6),
    CREATE_KEY(7),
    DESTROY_KEY(8),
    KEYS(9),
    MAC_ALL(10),
    LEASE(11);

    /** Spoken by both sides since the first version of this protocol. */
    static final int PROTOCOL_VERSION = 1;

    /** The first byte of an answer that carries a result; other values are {@link CustodianException.Kind} numbers. */
    static final int DONE = 0;

    private final int number;

    Operation(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The word in the access log. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether asking twice is the same as asking once, so that a request may be sent again on a new connection. */
    boolean repeatable() {
        return switch (this) {
            case HELLO, WRAP, UNWRAP, SIGN, PUBLIC_KEY, MAC, KEYS, MAC_ALL, LEASE -> true;
            case CREATE_KEY, DESTROY_KEY -> false;
        };
    }

    static Operation of(int number) {
        return Arrays.stream(values())
                .filter(operation -> operation.number == number)
                .findFirst()
                .orElseThrow(() -> CustodianException.protocol("There is no operation with number " + number + "."));
    }
}
