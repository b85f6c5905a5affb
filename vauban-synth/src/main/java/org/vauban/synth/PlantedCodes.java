package org.vauban.synth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The planted comparison in the codes of French records. */
final class PlantedCodes {
    static final String TARGET = "M01AH01";
    static final String COMPARATOR = "M01AB05";
    static final List<String> BLEEDING = List.of("K25.0", "K25.4", "K26.0", "K26.4", "K92.0", "K92.1", "K92.2");
    static final List<String> ULCER = List.of("K25.3", "K25.7", "K26.3", "K26.7", "K27.9");
    static final List<String> ANTICOAGULANT = List.of("B01AA03", "B01AF02");
    static final List<String> RENAL_DISEASE = List.of("N18.3", "N18.4");

    private PlantedCodes() {}

    /** Which codes of which vocabularies make up the comparison, for {@code truth.json}. */
    static Map<String, Object> inFrance() {
        Map<String, Object> concepts = new LinkedHashMap<>();
        concepts.put("target", codes("ATC", List.of(TARGET)));
        concepts.put("comparator", codes("ATC", List.of(COMPARATOR)));
        concepts.put("outcome", codes("CIM10", BLEEDING));
        Map<String, Object> covariates = new LinkedHashMap<>();
        covariates.put("prior_ulcer", codes("CIM10", ULCER));
        covariates.put("anticoagulant", codes("ATC", ANTICOAGULANT));
        covariates.put("renal_disease", codes("CIM10", RENAL_DISEASE));
        concepts.put("covariates", covariates);
        return concepts;
    }

    private static Map<String, Object> codes(String vocabulary, List<String> codes) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("vocabulary", vocabulary);
        object.put("codes", codes);
        return object;
    }
}
