package org.vauban.people;

import java.util.List;
import java.util.Set;

/** What a role is for, in the words in which the rules say who may not hold two of them. */
enum Power {
    /** Lets people in. */
    ADMIT,
    /** Has pseudonyms made, and data published under them. */
    PSEUDONYMISE,
    /** Decides on access. */
    DECIDE,
    /** Analyses what was granted. */
    ANALYSE,
    /** Reads rows of persons. */
    READ,
    /** Lets results out. */
    EXPORT,
    /** Reads the log and the decisions. */
    INSPECT,
    /** Watches over the others, and decides nothing itself. */
    SUPERVISE,
    /** Speaks for an organisation outside, and not for the hub. */
    REPRESENT;

    /** Nobody may hold both. The first two are the referential's; the others follow from four eyes, and from independence: the officer's, and that of whoever speaks for a producer. */
    private static final List<Set<Power>> APART = List.of(
            Set.of(EXPORT, ANALYSE),
            Set.of(PSEUDONYMISE, READ),
            Set.of(DECIDE, ANALYSE),
            Set.of(PSEUDONYMISE, EXPORT),
            Set.of(PSEUDONYMISE, DECIDE),
            Set.of(ADMIT, EXPORT),
            Set.of(ADMIT, DECIDE),
            Set.of(ADMIT, ANALYSE),
            Set.of(SUPERVISE, ADMIT),
            Set.of(SUPERVISE, PSEUDONYMISE),
            Set.of(SUPERVISE, DECIDE),
            Set.of(SUPERVISE, ANALYSE),
            Set.of(SUPERVISE, EXPORT),
            Set.of(REPRESENT, PSEUDONYMISE),
            Set.of(REPRESENT, DECIDE),
            Set.of(REPRESENT, EXPORT),
            Set.of(REPRESENT, ADMIT),
            Set.of(REPRESENT, SUPERVISE));

    boolean excludes(Power other) {
        return this != other && APART.contains(Set.of(this, other));
    }
}
