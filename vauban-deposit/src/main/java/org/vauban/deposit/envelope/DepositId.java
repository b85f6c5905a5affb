package org.vauban.deposit.envelope;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The random name of a deposit.
 *
 * @param value 32 hexadecimal digits, lower case
 */
public record DepositId(String value) {
    static final int BYTES = 16;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public DepositId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A deposit's id is 32 hexadecimal digits");
        }
    }

    public static DepositId random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new DepositId(HexFormat.of().formatHex(bytes));
    }

    /** The same as 16 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
