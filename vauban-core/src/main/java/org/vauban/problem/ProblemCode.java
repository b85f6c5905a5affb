package org.vauban.problem;

/**
 * The stable codes that users and programs rely on. Each has a sentence and a remedy in {@code problems_en.properties} and
 * {@code problems_fr.properties}; a test fails when one is missing.
 */
public enum ProblemCode {
    // Documents: YAML and JSON that people write.
    DOCUMENT_UNREADABLE(ProblemKind.USER),
    DOCUMENT_SYNTAX(ProblemKind.USER),
    FIELD_MISSING(ProblemKind.USER),
    FIELD_UNKNOWN(ProblemKind.USER),
    FIELD_WRONG_TYPE(ProblemKind.USER),
    FIELD_WRONG_VALUE(ProblemKind.USER),

    // Command line.
    USAGE(ProblemKind.USER),
    NOT_FOUND(ProblemKind.USER),
    OUTPUT_EXISTS(ProblemKind.USER),
    PORT_TAKEN(ProblemKind.FAULT),
    CANCELLED(ProblemKind.FAULT),
    INTERNAL_FAULT(ProblemKind.FAULT),

    // Cohort definitions.
    COHORT_FEATURE_UNSUPPORTED(ProblemKind.USER),
    COHORT_ENTRY_WITHOUT_EVENT(ProblemKind.WARNING),
    COHORT_SET_UNUSED(ProblemKind.WARNING),
    COHORT_SET_EMPTY(ProblemKind.WARNING),
    COHORT_SET_TWICE(ProblemKind.WARNING),
    COHORT_SELECTION_WITHOUT_SET(ProblemKind.WARNING),
    COHORT_LIST_EMPTY(ProblemKind.WARNING),
    COHORT_TEXT_EMPTY(ProblemKind.WARNING),
    COHORT_PERSON_CONDITION_EMPTY(ProblemKind.WARNING),
    COHORT_RULE_EMPTY(ProblemKind.WARNING),
    COHORT_GROUP_EMPTY(ProblemKind.WARNING),
    COHORT_RULE_NAME_TWICE(ProblemKind.WARNING),
    COHORT_CRITERION_TWICE(ProblemKind.WARNING),
    COHORT_RANGE_REVERSED(ProblemKind.WARNING),
    COHORT_VALUE_NEGATIVE(ProblemKind.WARNING),
    COHORT_WINDOW_REVERSED(ProblemKind.WARNING),
    COHORT_NOBODY(ProblemKind.WARNING),
    COHORT_EVERYBODY(ProblemKind.WARNING),
    COHORT_COUNTS_CONTRADICT(ProblemKind.WARNING),
    COHORT_EXIT_ON_ENTRY_DAY(ProblemKind.WARNING),
    COHORT_EXIT_BEFORE_ENTRY(ProblemKind.WARNING),
    COHORT_LIMITS_WIDEN(ProblemKind.WARNING),
    COHORT_TESTS_OTHER_FIELD(ProblemKind.WARNING),
    COHORT_ADJUSTMENT_IGNORED(ProblemKind.WARNING),
    COHORT_CONCEPT_TWICE(ProblemKind.HINT),
    COHORT_SET_OF_OTHER_DOMAIN(ProblemKind.HINT),
    COHORT_ANY_CONCEPT(ProblemKind.HINT),
    COHORT_KIND_NOT_SAID(ProblemKind.HINT),
    COHORT_ENTRY_COUNTED_AGAIN(ProblemKind.HINT),
    COHORT_RULE_UNNAMED(ProblemKind.HINT),
    COHORT_DEATH_BEFORE_ENTRY(ProblemKind.HINT),
    COHORT_ABSENCE_UNOBSERVED(ProblemKind.HINT),
    COHORT_WINDOW_UNLIKE_OTHERS(ProblemKind.HINT),
    COHORT_DRUG_ERA_ANY_TIME(ProblemKind.HINT),
    COHORT_DRUG_WITHOUT_DRUG_EXIT(ProblemKind.HINT),
    COHORT_ALL_EVENTS_WITHOUT_EXIT(ProblemKind.HINT),
    COHORT_LIMIT_IGNORED(ProblemKind.HINT),
    COHORT_FIRST_WITHOUT_LOOKBACK(ProblemKind.HINT),

    // Producers' files.
    INPUT_FOLDER_EMPTY(ProblemKind.USER),
    INPUT_TABLE_UNKNOWN(ProblemKind.USER),
    INPUT_COLUMN_MISSING(ProblemKind.USER),
    INPUT_COLUMN_UNKNOWN(ProblemKind.USER),
    INPUT_FILE_CUT(ProblemKind.USER),
    INPUT_FILE_UNREADABLE(ProblemKind.USER),
    INPUT_VALUE_WRONG_TYPE(ProblemKind.USER),
    INPUT_TABLE_TWICE(ProblemKind.USER),
    INPUT_NO_PERSONS(ProblemKind.USER),
    INPUT_ROW_WRONG(ProblemKind.USER),
    INPUT_ARCHIVE_WRONG(ProblemKind.USER),
    INPUT_FILE_ENCODING(ProblemKind.USER),
    VOCABULARY_ABSENT(ProblemKind.USER),

    // Deposits: at the producer, and at the hub's desk.
    DEPOSIT_FOLDER_EMPTY(ProblemKind.USER),
    DEPOSIT_FILE_EMPTY(ProblemKind.USER),
    DEPOSIT_FILE_CHANGED(ProblemKind.USER),
    DEPOSIT_FILE_DAMAGED(ProblemKind.USER),
    DEPOSIT_FILE_CUT(ProblemKind.USER),
    DEPOSIT_DELIMITER(ProblemKind.USER),
    DEPOSIT_COLUMN_MISSING(ProblemKind.USER),
    DEPOSIT_IDENTIFIER_FOUND(ProblemKind.USER),
    DEPOSIT_INTERRUPTED(ProblemKind.FAULT),
    DEPOSIT_OTHER_SPOOL(ProblemKind.USER),
    DEPOSIT_MANIFEST(ProblemKind.USER),
    DEPOSIT_INCOMPLETE(ProblemKind.USER),
    DEPOSIT_KEY(ProblemKind.USER),
    DEPOSIT_DUPLICATE(ProblemKind.USER),
    DEPOSIT_STATE(ProblemKind.REFUSAL),
    PRODUCER_UNKNOWN(ProblemKind.REFUSAL),
    PRODUCER_EXISTS(ProblemKind.USER),
    PRODUCER_WITHDRAWN(ProblemKind.REFUSAL),
    WITHDRAWAL_DECIDED(ProblemKind.REFUSAL),
    NOTHING_TO_PUBLISH(ProblemKind.USER),
    IDENTITY_ZONE_ABSENT(ProblemKind.FAULT),
    IDENTITY_ZONE_REFUSED(ProblemKind.REFUSAL),
    PSEUDONYM_COLLISION(ProblemKind.FAULT),

    // HOME, keys, vault.
    HOME_TOO_NEW(ProblemKind.USER),
    HOME_NOT_A_HOME(ProblemKind.USER),
    HOME_IN_USE(ProblemKind.FAULT),
    HOME_UNWRITABLE(ProblemKind.FAULT),
    KEYS_ABSENT(ProblemKind.FAULT),
    KEYS_REFUSED(ProblemKind.REFUSAL),
    KEYS_OF_ANOTHER_HUB(ProblemKind.USER),
    MEMORY_FILES_ABSENT(ProblemKind.FAULT),
    SEAL_BROKEN(ProblemKind.BROKEN),
    EDITION_BROKEN(ProblemKind.BROKEN),
    EDITION_UNKNOWN(ProblemKind.USER),
    EDITION_CLOSED(ProblemKind.REFUSAL),
    EDITION_ENDED(ProblemKind.REFUSAL),

    // The log.
    LEDGER_UNWRITABLE(ProblemKind.FAULT),
    LEDGER_BROKEN(ProblemKind.BROKEN),
    NOT_WITNESSED(ProblemKind.REFUSAL),
    WITNESS_POLICY(ProblemKind.USER),

    // People and permits.
    LOGIN_REQUIRED(ProblemKind.REFUSAL),
    LOGIN_WRONG(ProblemKind.REFUSAL),
    PASSWORD_WRONG(ProblemKind.REFUSAL),
    TRIES_TOO_MANY(ProblemKind.REFUSAL),
    FORM_STALE(ProblemKind.REFUSAL),
    SESSION_EXPIRED(ProblemKind.REFUSAL),
    ROLE_MISSING(ProblemKind.REFUSAL),
    ROLES_EXCLUDE(ProblemKind.USER),
    LOGIN_TAKEN(ProblemKind.USER),
    PASSWORD_TOO_WEAK(ProblemKind.USER),
    KEY_REUSED(ProblemKind.USER),
    KEY_UNFINISHED(ProblemKind.USER),
    PERMIT_REQUIRED(ProblemKind.REFUSAL),
    PERMIT_OWN(ProblemKind.REFUSAL),
    PERMIT_APPLICANT(ProblemKind.REFUSAL),
    PERMIT_FOUR_EYES(ProblemKind.REFUSAL),
    PERMIT_NEEDS_FILE(ProblemKind.USER),
    PERMIT_RENEWAL(ProblemKind.REFUSAL),
    PERMIT_TOO_LONG(ProblemKind.REFUSAL),
    PURPOSE_FORBIDDEN(ProblemKind.REFUSAL),
    PROCEDURE_CLOSED(ProblemKind.REFUSAL),
    PROCEDURE_NOT_IN_FORCE(ProblemKind.REFUSAL),
    PROCEDURE_STEP(ProblemKind.REFUSAL),
    DOSSIER_INCOMPLETE(ProblemKind.REFUSAL),
    PERMIT_EXPIRED(ProblemKind.REFUSAL),
    PERMIT_NOT_ACTIVE(ProblemKind.REFUSAL),
    PERMIT_TABLE(ProblemKind.REFUSAL),
    PERMIT_COLUMN(ProblemKind.REFUSAL),
    PERMIT_IDENTIFIER(ProblemKind.REFUSAL),
    PERMIT_PERIOD(ProblemKind.REFUSAL),
    PERMIT_PERSON(ProblemKind.REFUSAL),
    PERMIT_PURPOSE(ProblemKind.REFUSAL),
    PERMIT_EDITION(ProblemKind.REFUSAL),
    PERMIT_EXPLORE(ProblemKind.REFUSAL),
    PROJECT_NOT_ENDED(ProblemKind.REFUSAL),
    DESTRUCTION_TWO_PEOPLE(ProblemKind.REFUSAL),

    // A researcher's own SQL.
    SQL_OFF(ProblemKind.FAULT),
    SQL_TOO_LONG(ProblemKind.USER),
    SQL_NOT_ONE_SELECT(ProblemKind.USER),
    SQL_NOT_UNDERSTOOD(ProblemKind.USER),
    SQL_FORBIDDEN(ProblemKind.REFUSAL),
    SQL_FAILED(ProblemKind.USER),
    SQL_OUT_OF_TIME(ProblemKind.USER),
    SQL_OUT_OF_MEMORY(ProblemKind.USER),
    SQL_TOO_MANY_ROWS(ProblemKind.USER),
    SQL_TABULATION_COLUMNS(ProblemKind.USER),
    SQL_TABULATION_PERSON(ProblemKind.USER),
    SQL_TABULATION_LEVEL(ProblemKind.USER),
    SQL_TABULATION_SIZE(ProblemKind.USER),

    // The airlock.
    OUTPUT_WITHHELD(ProblemKind.REFUSAL),
    OUTPUT_STATE(ProblemKind.REFUSAL),
    REVIEW_OWN_OUTPUT(ProblemKind.REFUSAL),
    REVIEW_TWICE(ProblemKind.REFUSAL),
    REVIEW_SAME_SESSION(ProblemKind.REFUSAL);

    private final ProblemKind kind;

    ProblemCode(ProblemKind kind) {
        this.kind = kind;
    }

    public ProblemKind kind() {
        return kind;
    }
}
