package org.vauban.app.cli;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lines of lists, their fields apart by a tab: readable as they are, and by {@code cut}. */
final class Columns {
    private Columns() {}

    static String line(Object... fields) {
        return Arrays.stream(fields).map(String::valueOf).collect(Collectors.joining("\t"));
    }
}
