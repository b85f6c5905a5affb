package org.vauban.permit;

import java.util.regex.Pattern;

/** Names a project space, such as {@code s-9d3w6x1z}. One permit opens one project space. */
public record ProjectId(String value) {
    private static final Pattern FORM = Pattern.compile("s-[a-z0-9]{8,26}");

    public ProjectId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A project's name is s- and 8 to 26 letters or digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
