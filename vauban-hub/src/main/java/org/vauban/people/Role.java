package org.vauban.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an account may do. Roles that would let one person do and approve the same thing exclude each other. */
public enum Role {
    /** Invites people, reviews and closes accounts; sees no data. */
    ADMINISTRATOR(Power.ADMIT),
    /** Deposits data and publishes editions. */
    DATA_MANAGER(Power.PSEUDONYMISE),
    /** Decides on permits. */
    COMMITTEE_MEMBER(Power.DECIDE),
    /** Runs studies in a project space. */
    RESEARCHER(Power.ANALYSE, Power.READ),
    /** Reviews outputs that ask to leave. */
    OUTPUT_CHECKER(Power.EXPORT),
    /** Reads the log and every decision. */
    AUDITOR(Power.INSPECT),
    /** Sees who has an account, and reviews accounts each year. */
    DATA_PROTECTION_OFFICER(Power.SUPERVISE),
    /** Speaks for a producer: sees what is read of its rows, and takes them back. */
    PRODUCER(Power.REPRESENT);

    private final Set<Power> powers;

    Role(Power... powers) {
        this.powers = Set.of(powers);
    }

    /** The word on the command line and in files: {@code committee-member}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> named(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** True for whoever looks at other people's accounts each year. */
    boolean reviewsAccounts() {
        return powers.contains(Power.ADMIT) || powers.contains(Power.SUPERVISE);
    }

    /** True when nobody may hold both. */
    public boolean excludes(Role other) {
        return this != other
                && powers.stream().anyMatch(power -> other.powers.stream().anyMatch(power::excludes));
    }
}
