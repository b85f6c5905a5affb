package org.vauban.problem;

import java.util.Arrays;

/**
 * What is said inside a problem's sentence, where a name or a number does not do. Each has a text in {@code problems_en.properties} and
 * {@code problems_fr.properties} under {@code phrase.}; a test fails when one is missing.
 */
public enum Phrase {
    // What a document is made of.
    OBJECT,
    LIST,
    TEXT,
    NUMBER,
    WHOLE_NUMBER,
    TRUE_OR_FALSE,
    NULL,

    // What a file should be, and what it is.
    A_FILE,
    NOTHING_OF_THAT_NAME,
    UTF_8_TEXT,
    OTHER_BYTES,
    A_READABLE_FILE,
    AT_MOST_MIB,
    ONE_JSON_VALUE,
    AN_EMPTY_FILE,
    THE_END_OF_THE_FILE,
    ANOTHER_VALUE,
    WELL_FORMED_JSON,
    WELL_FORMED_YAML,
    A_YAML_DOCUMENT,
    PLAIN_YAML,
    AN_ANCHOR_OR_ALIAS,
    A_NAME_BEFORE_THE_COLON,
    A_LIST_OR_AN_OBJECT,
    OTHER_TEXT,
    THE_CHARACTER,
    LEVELS_AT_MOST,
    MORE_LEVELS,
    EACH_FIELD_ONCE,
    THE_FIELD_TWICE,

    // What a field should be.
    FROM_TO,
    A_DATE,
    ONE_OF,

    // Cohort definitions.
    EACH_NUMBER_ONCE,
    NO_CONCEPT_SETS,
    BEFORE_OR_AFTER,
    COUNT_COMPARISONS,
    TEXT_COMPARISONS,
    ONE_DOMAIN,
    A_SECOND_ONE,
    ONE_EXIT,
    BOTH,
    NEITHER,
    ZERO_OR_MORE,
    MORE_INCLUSION_RULES,
    UP_TO,
    DIFFERENT_VALUES,

    // What is probably not meant.
    NOTHING_LIES_INSIDE,
    EVERYTHING_LIES_OUTSIDE,
    BOUNDS_OF,
    OF_CONDITIONS,
    AT_LEAST_ASKED,
    FEWER_THAN_NONE,
    NOTHING_IN_SET,
    ONE_FIRST,
    THE_ENTRY_ITSELF;

    /** The phrase with its gaps filled, by names and numbers or by other phrases. */
    public Argument with(Object... values) {
        return new Argument.Worded(this, Arrays.stream(values).map(Argument::of).toList());
    }
}
