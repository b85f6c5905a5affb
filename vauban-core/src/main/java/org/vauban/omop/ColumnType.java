package org.vauban.omop;

/** What a column holds, as the specification writes it. */
public enum ColumnType {
    INTEGER,
    NUMBER,
    DATE,
    DATETIME,
    TEXT
}
