package org.vauban.deposit;

import java.util.List;
import org.vauban.deposit.envelope.Manifest;

/**
 * What came of one file.
 *
 * @param rows that went into the health part
 * @param rejected rows that could not be used
 * @param content SHA-256 of what the file holds
 * @param parts the health parts
 */
record Taken(long rows, long rejected, String content, List<Manifest.Part> parts) {
    Taken {
        parts = List.copyOf(parts);
    }
}
