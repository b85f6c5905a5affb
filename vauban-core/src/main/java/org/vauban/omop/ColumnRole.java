package org.vauban.omop;

/** What a column is for; re-keying, screening, sealing and permits decide by it. */
public enum ColumnRole {
    /** Identifies the row. */
    KEY,
    /** Identifies the person. */
    PERSON,
    /** A standard concept. */
    CONCEPT,
    /** The concept of the source's own code. */
    SOURCE_CONCEPT,
    DATE,
    DATETIME,
    NUMBER,
    /** Names a row of the table it refers to. */
    REFERENCE,
    /** Names a row of a table that another column tells. */
    EVENT_REFERENCE,
    /** The source's own words or code. */
    SOURCE_TEXT,
    TEXT
}
