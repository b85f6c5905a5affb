package org.vauban.permit;

import java.util.regex.Pattern;

/** Names a permit, such as {@code p-4f7t2k9m}. */
public record PermitId(String value) {
    private static final Pattern FORM = Pattern.compile("p-[a-z0-9]{8,26}");

    public PermitId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A permit's name is p- and 8 to 26 letters or digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
