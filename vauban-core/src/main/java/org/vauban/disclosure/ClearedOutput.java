package org.vauban.disclosure;

import java.util.List;

/** The one implementation; its constructor is this package's alone. */
record ClearedOutput(Shown content, List<Behind> persons, Tally tally) implements Cleared {
    ClearedOutput {
        persons = List.copyOf(persons);
    }

    @Override
    public String name() {
        return content.name();
    }
}
