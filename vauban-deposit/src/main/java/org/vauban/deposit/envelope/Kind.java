package org.vauban.deposit.envelope;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a producer's files are written in. */
public enum Kind {
    /** FHIR R4 resources, one a line. */
    FHIR,
    /** Tables of the French national health data system. */
    SNDS,
    /** Tables of the OMOP common data model. */
    OMOP;

    /** The word on the command line and in manifests. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> named(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
