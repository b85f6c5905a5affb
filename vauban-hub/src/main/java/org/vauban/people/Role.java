package org.vauban.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an account may do. Roles that would let one person do and approve the same thing exclude each other. */
public enum Role {
    /** Invites people and closes accounts; sees no data. */
    ADMINISTRATOR,
    /** Deposits data and publishes editions. */
    DATA_MANAGER,
    /** Decides on permits. */
    COMMITTEE_MEMBER,
    /** Runs studies in a project space. */
    RESEARCHER,
    /** Reviews outputs that ask to leave. */
    OUTPUT_CHECKER,
    /** Reads the log and every decision. */
    AUDITOR,
    /** Speaks for a producer: sees what is read of its rows, and takes them back. */
    PRODUCER;

    /** The word on the command line and in files: {@code committee-member}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> named(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /**
     * True when nobody may hold both: who analyses neither decides on access nor lets outputs out; who manages data
     * does neither; who speaks for a producer does not act for the hub.
     */
    public boolean excludes(Role other) {
        return this != other
                && (apart(this, other, Set.of(RESEARCHER, OUTPUT_CHECKER))
                        || apart(this, other, Set.of(RESEARCHER, COMMITTEE_MEMBER))
                        || apart(this, other, Set.of(RESEARCHER, DATA_MANAGER))
                        || apart(this, other, Set.of(PRODUCER, DATA_MANAGER))
                        || apart(this, other, Set.of(PRODUCER, COMMITTEE_MEMBER))
                        || apart(this, other, Set.of(ADMINISTRATOR, OUTPUT_CHECKER))
                        || apart(this, other, Set.of(ADMINISTRATOR, COMMITTEE_MEMBER))
                        || apart(this, other, Set.of(ADMINISTRATOR, RESEARCHER)));
    }

    private static boolean apart(Role one, Role other, Set<Role> pair) {
        return pair.contains(one) && pair.contains(other);
    }
}
