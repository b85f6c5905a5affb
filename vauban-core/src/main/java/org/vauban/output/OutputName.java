package org.vauban.output;

import java.util.regex.Pattern;

/** Names and labels that may leave: a label cannot carry a hidden message or a formula. */
final class OutputName {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} .,:;()/%+<>=≤≥'’_|-]{0,179}");

    private OutputName() {}

    static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("An output's name is made of lower-case letters, digits and hyphens");
        }
        return name;
    }

    static String label(String label) {
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException(
                    "A label begins with a letter or digit and has at most 180 plain characters");
        }
        return label;
    }
}
