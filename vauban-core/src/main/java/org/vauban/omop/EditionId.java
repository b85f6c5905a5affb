package org.vauban.omop;

import java.util.regex.Pattern;

/** Names one immutable, published version of the warehouse's data, such as {@code e-7k2m9q4d}. */
public record EditionId(String value) {
    private static final Pattern FORM = Pattern.compile("e-[a-z0-9]{8,26}");

    public EditionId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("An edition's name is e- and 8 to 26 letters or digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
