package org.vauban.producer;

import java.util.regex.Pattern;

/** Names a withdrawal, such as {@code w-2b8k5m7n}. */
public record WithdrawalId(String value) {
    private static final Pattern FORM = Pattern.compile("w-[a-z0-9]{8,26}");

    public WithdrawalId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A withdrawal's name is w- and 8 to 26 letters or digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
