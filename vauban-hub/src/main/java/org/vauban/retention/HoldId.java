package org.vauban.retention;

import java.util.regex.Pattern;

/** Names a hold, such as {@code h-2b8k5m7n}. */
public record HoldId(String value) {
    private static final Pattern FORM = Pattern.compile("h-[a-z0-9]{8,26}");

    public HoldId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A hold's name is h- and 8 to 26 letters or digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
