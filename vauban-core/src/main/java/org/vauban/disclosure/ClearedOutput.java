package org.vauban.disclosure;

import java.util.List;
import java.util.Optional;

/** The one implementation; its constructor is this package's alone. */
record ClearedOutput(Shown content, List<Behind> persons, Tally tally, Optional<SecondarySuppression> suppression)
        implements Cleared {
    ClearedOutput(Shown content, List<Behind> persons, Tally tally) {
        this(content, persons, tally, Optional.empty());
    }

    ClearedOutput {
        persons = List.copyOf(persons);
    }

    @Override
    public String name() {
        return content.name();
    }
}
