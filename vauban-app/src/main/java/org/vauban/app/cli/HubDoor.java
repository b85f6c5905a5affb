package org.vauban.app.cli;

import java.util.List;

/** How a verb comes to an open hub. */
public interface HubDoor {
    /** Lets the verb act on a hub and prints its answer; returns the exit status. */
    int enter(HubVerb verb, Call call, List<String> arguments);

    /** Whether this verb may be run here at all. */
    default boolean admits(Verb verb) {
        return true;
    }
}
