package org.vauban.identity.linkage;

/** What a column of a table of persons tells, and therefore how two of its values are compared. */
public enum Trait {
    GIVEN_NAME(false),
    SURNAME(true),
    BIRTH_DATE(false),
    SEX(false),
    STREET(true),
    POSTCODE(true),
    CITY(true),
    BIRTH_PLACE(true),
    IDENTIFIER(false),
    PHONE(true),
    OTHER(false);

    private final boolean shared;

    Trait(boolean shared) {
        this.shared = shared;
    }

    /** Whether people under one roof, or of one family, commonly have it in common. */
    boolean sharedByRelatives() {
        return shared;
    }
}
