package org.vauban.attack.canary;

import java.util.List;

/**
 * What came out of a packed stretch.
 *
 * @param contents one, or one for each column of a table; none when it was no packed stretch after all
 * @param isCutShort true when there was more than the search unpacks
 */
record Unpacked(List<byte[]> contents, boolean isCutShort) {
    static final Unpacked NOTHING = new Unpacked(List.of(), false);

    Unpacked {
        contents = List.copyOf(contents);
    }
}
