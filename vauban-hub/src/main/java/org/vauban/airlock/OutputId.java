package org.vauban.airlock;

import java.util.regex.Pattern;

/** Names one output of an analysis, such as {@code o-8m1t6b3x}. */
public record OutputId(String value) {
    private static final Pattern FORM = Pattern.compile("o-[a-z0-9]{8,26}");

    public OutputId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("An output's name is o- and 8 to 26 letters or digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
