package org.vauban.people;

import java.util.regex.Pattern;

/** Names an account without naming the person, such as {@code a-2b8k5m7n}; the log and the pages know people by it. */
public record AccountId(String value) {
    private static final Pattern FORM = Pattern.compile("a-[a-z0-9]{8,26}");

    public AccountId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("An account's name is a- and 8 to 26 letters or digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
