package org.vauban.trajectory;

import org.vauban.omop.CdmColumn;
import org.vauban.omop.ColumnRole;

/** How a column is held in memory. */
public enum ColumnKind {
    /** Concepts, counts and days since 1970-01-01. */
    INT,
    /** Identifiers of rows, and seconds since 1970-01-01. */
    LONG,
    DOUBLE,
    TEXT;

    /** The kind a column always has, so that readers and evaluators agree without asking each other. */
    public static ColumnKind of(CdmColumn column) {
        return switch (column.type()) {
            case INTEGER -> isIdentifier(column.role()) ? LONG : INT;
            case NUMBER -> DOUBLE;
            case DATE -> INT;
            case DATETIME -> LONG;
            case TEXT -> TEXT;
        };
    }

    private static boolean isIdentifier(ColumnRole role) {
        return switch (role) {
            case KEY, PERSON, REFERENCE, EVENT_REFERENCE -> true;
            case CONCEPT, SOURCE_CONCEPT, DATE, DATETIME, NUMBER, SOURCE_TEXT, TEXT -> false;
        };
    }
}
