package org.vauban.ledger.verify;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vauban.ledger.entry.Header;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.ledger.entry.MalformedEntryException;
import org.vauban.ledger.entry.Phase;

/** What the entries tell together: each is an entry, and each conclusion ends one act that was begun before and still open. */
final class Story {

    private final SortedMap<Long, String> openActs = new TreeMap<>();

    void tell(long index, byte[] bytes) throws Fault {
        Header header = headerOf(index, bytes);
        switch (header.phase()) {
            case Phase.Begun() -> openActs.put(index, header.act());
            case Phase.Concluded(long begun, String _) -> {
                if (!header.act().equals(openActs.remove(begun))) {
                    throw new Fault(
                            index,
                            "The entry concludes entry " + begun
                                    + ", which did not begin this act or is concluded already.");
                }
            }
            case Phase.Entered _ -> {
                // Complete in itself.
            }
        }
    }

    /** Indexes of the acts that are still open, in their order. */
    List<Long> unconcluded() {
        return List.copyOf(openActs.keySet());
    }

    private static Header headerOf(long index, byte[] bytes) throws Fault {
        try {
            return LogEntry.parse(bytes).header();
        } catch (MalformedEntryException e) {
            throw new Fault(index, "The bytes are no entry. " + e.getMessage());
        }
    }
}
