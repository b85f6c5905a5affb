package org.vauban.harmonise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The vocabularies whose codes are understood. Codes of the local ones get a concept of this hub, with their hierarchy; those of the
 * foreign ones are kept as source values under concept 0.
 *
 * <p>Where a FHIR concept is coded several times, the first vocabulary in this order is its source code.
 */
enum CodeSystem {
    CIM10("CIM10", "Condition", "http://hl7.org/fhir/sid/icd-10", "[A-Z]\\d\\d[0-9A-Z+]{0,5}"),
    CCAM("CCAM", "Procedure", "https://smt.esante.gouv.fr/terminologie-ccam", "[A-Z]{4}\\d{3}"),
    LOINC("LOINC", "Measurement", "http://loinc.org", "(LP|LA)?\\d{1,7}-\\d"),
    NABM("NABM", "Measurement", "https://smt.esante.gouv.fr/terminologie-nabm", "\\d{1,4}"),
    CIP13("CIP13", "Drug", "https://smt.esante.gouv.fr/terminologie-cip", "34009\\d{8}"),
    CIP7("CIP7", "Drug", "", "\\d{7}"),
    UCD("UCD", "Drug", "https://smt.esante.gouv.fr/terminologie-ucd", "\\d{7,13}"),
    ATC("ATC", "Drug", "http://www.whocc.no/atc", "[A-Z](\\d\\d([A-Z]([A-Z](\\d\\d)?)?)?)?"),
    SNOMED("SNOMED", "", "http://snomed.info/sct", "\\d{6,18}"),
    RXNORM("RxNorm", "", "http://www.nlm.nih.gov/research/umls/rxnorm", "\\d{1,8}"),
    CVX("CVX", "", "http://hl7.org/fhir/sid/cvx", "\\d{1,3}"),
    OTHER("", "", "", "");

    private static final Map<String, CodeSystem> BY_URI = Stream.of(values())
            .filter(system -> !system.uri.isEmpty())
            .collect(Collectors.toUnmodifiableMap(system -> system.uri, Function.identity()));

    private static final Map<String, CodeSystem> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(CodeSystem::vocabulary, Function.identity()));

    private final String vocabulary;
    private final String domain;
    private final String uri;
    private final Pattern form;

    CodeSystem(String vocabulary, String domain, String uri, String form) {
        this.vocabulary = vocabulary;
        this.domain = domain;
        this.uri = uri;
        this.form = Pattern.compile(form);
    }

    static CodeSystem ofUri(String uri) {
        return BY_URI.getOrDefault(uri, OTHER);
    }

    static CodeSystem ofVocabulary(String vocabulary) {
        return BY_NAME.getOrDefault(vocabulary, OTHER);
    }

    String vocabulary() {
        return vocabulary;
    }

    /** The OMOP domain of its concepts. */
    String domain() {
        return domain;
    }

    /** Whether its codes get concepts of this hub. */
    boolean isLocal() {
        return !domain.isEmpty();
    }

    boolean hasForm(String code) {
        return form.matcher(code).matches();
    }

    /** The code as French data write it: CIM-10 without its dot, everything without space. */
    String written(String code) {
        String bare = code.strip();
        return this == CIM10 ? bare.replace(".", "").toUpperCase(Locale.ROOT) : bare;
    }

    /** The codes above a code, the nearest first, by prefix. */
    List<String> above(String code) {
        List<Integer> lengths = switch (this) {
            case CIM10 -> List.of(7, 6, 5, 4, 3, 1);
            case ATC -> List.of(5, 4, 3, 1);
            case CCAM -> List.of(4, 2, 1);
            case LOINC, NABM, CIP13, CIP7, UCD, SNOMED, RXNORM, CVX, OTHER -> List.of();
        };
        List<String> above = new ArrayList<>();
        for (int length : lengths) {
            if (length < code.length()) {
                above.add(code.substring(0, length));
            }
        }
        return above;
    }
}
