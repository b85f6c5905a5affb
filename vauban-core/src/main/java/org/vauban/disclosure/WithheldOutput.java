package org.vauban.disclosure;

import java.util.List;

/** The one implementation. */
record WithheldOutput(String name, List<Reason> reasons) implements Withheld {
    WithheldOutput {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("An output is withheld for a reason");
        }
    }
}
