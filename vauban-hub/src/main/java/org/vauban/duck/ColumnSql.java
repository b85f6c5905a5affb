package org.vauban.duck;

import org.vauban.omop.CdmColumn;
import org.vauban.omop.ColumnRole;

/** The SQL type of each column of the model, the same in every table that the hub writes. */
public final class ColumnSql {
    private ColumnSql() {}

    public static String type(CdmColumn column) {
        return switch (column.type()) {
            case INTEGER -> isIdentifier(column.role()) ? "BIGINT" : "INTEGER";
            case NUMBER -> "DOUBLE";
            case DATE -> "DATE";
            case DATETIME -> "TIMESTAMP";
            case TEXT -> "VARCHAR";
        };
    }

    /** True for numbers that name a row or a person, which producers draw from 64 bits. */
    public static boolean isIdentifier(ColumnRole role) {
        return switch (role) {
            case KEY, PERSON, REFERENCE, EVENT_REFERENCE -> true;
            case CONCEPT, SOURCE_CONCEPT, DATE, DATETIME, NUMBER, SOURCE_TEXT, TEXT -> false;
        };
    }
}
