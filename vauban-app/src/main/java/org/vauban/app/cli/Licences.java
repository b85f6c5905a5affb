package org.vauban.app.cli;

import java.util.Set;

/** Who must be asked before a vocabulary is used, where that is known; its own reference has the last word. */
final class Licences {
    private static final Set<String> KNOWN =
            Set.of("SNOMED", "LOINC", "RxNorm", "ATC", "ICD10", "ICD10CM", "CPT4", "MedDRA", "UCUM", "CIM10", "CCAM");

    private Licences() {}

    static String of(String vocabulary, Words words) {
        return words.say(KNOWN.contains(vocabulary) ? "licence." + vocabulary : "licence.unknown");
    }
}
