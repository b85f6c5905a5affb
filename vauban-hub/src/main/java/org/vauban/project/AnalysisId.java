package org.vauban.project;

import java.util.regex.Pattern;

/** Names one run of a study in a project space, such as {@code r-5c8n2k7q}. */
public record AnalysisId(String value) {
    private static final Pattern FORM = Pattern.compile("r-[a-z0-9]{8,26}");

    public AnalysisId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("An analysis' name is r- and 8 to 26 letters or digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
