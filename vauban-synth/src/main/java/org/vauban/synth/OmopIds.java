package org.vauban.synth;

/** Ids of the public OMOP vocabularies that the generated tables use. */
final class OmopIds {
    /** "No matching concept", also where OMOP requires an id and we say nothing: race and ethnicity. */
    static final int NONE = 0;

    static final int MALE = 8507;
    static final int FEMALE = 8532;
    static final int HOSPITAL_STAY = 9201;
    static final int CONSULTATION = 9202;
    static final int EMERGENCY = 9203;

    /** The kind of every record: an electronic health record. */
    static final int RECORD = 32817;

    /** OMOP CDM version 5.4. */
    static final int CDM_VERSION = 756265;

    static final int ENGLISH = 4180186;
    static final int FRENCH = 4180190;

    private OmopIds() {}
}
