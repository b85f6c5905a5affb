package org.vauban.harmonise;

/** The concepts of OMOP's own that the mapping uses; every edition lists them among its concepts. */
enum KnownConcept {
    MALE(8507, "Male", "Gender", "Gender"),
    FEMALE(8532, "Female", "Gender", "Gender"),
    INPATIENT(9201, "Inpatient Visit", "Visit", "Visit"),
    OUTPATIENT(9202, "Outpatient Visit", "Visit", "Visit"),
    EMERGENCY(9203, "Emergency Room Visit", "Visit", "Visit"),
    INPATIENT_CLAIM(32855, "Inpatient claim", "Type Concept", "Type Concept"),
    OUTPATIENT_CLAIM(32861, "Outpatient claim", "Type Concept", "Type Concept"),
    PHARMACY_CLAIM(32869, "Pharmacy claim", "Type Concept", "Type Concept"),
    CLAIM(32810, "Claim", "Type Concept", "Type Concept"),
    DEATH_CERTIFICATE(32815, "Death Certificate", "Type Concept", "Type Concept"),
    RECORD(32817, "EHR", "Type Concept", "Type Concept"),
    ADMINISTRATION(32818, "EHR administration record", "Type Concept", "Type Concept"),
    ENCOUNTER_RECORD(32827, "EHR encounter record", "Type Concept", "Type Concept"),
    PRESCRIPTION(32838, "EHR prescription", "Type Concept", "Type Concept"),
    ALGORITHM(32880, "Standard algorithm", "Type Concept", "Type Concept"),
    PRIMARY_DIAGNOSIS(32902, "Primary diagnosis", "Condition Status", "Condition Status"),
    SECONDARY_DIAGNOSIS(32908, "Secondary diagnosis", "Condition Status", "Condition Status");

    private final int id;
    private final String label;
    private final String domain;
    private final String vocabulary;

    KnownConcept(int id, String label, String domain, String vocabulary) {
        this.id = id;
        this.label = label;
        this.domain = domain;
        this.vocabulary = vocabulary;
    }

    int id() {
        return id;
    }

    String label() {
        return label;
    }

    String domain() {
        return domain;
    }

    String vocabulary() {
        return vocabulary;
    }

    /** A text in which {@code {NAME}} stands for the id of the concept of that name. */
    static String in(String sql) {
        String filled = sql;
        for (KnownConcept concept : values()) {
            filled = filled.replace('{' + concept.name() + '}', String.valueOf(concept.id));
        }
        return filled;
    }
}
