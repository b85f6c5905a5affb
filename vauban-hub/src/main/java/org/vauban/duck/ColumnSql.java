package org.vauban.duck;

import java.util.Set;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.ColumnRole;

/** The SQL type of each column of the model, the same in every table that the hub writes. */
public final class ColumnSql {
    private static final Set<String> SMALLER_THAN_INTEGER = Set.of("TINYINT", "SMALLINT", "UTINYINT", "USMALLINT");
    private static final Set<String> SMALLER_THAN_BIGINT =
            Set.of("TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT", "UINTEGER");

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

    /** True when every value of an SQL type is one of the column's. */
    public static boolean holds(CdmColumn column, String type) {
        return switch (type(column)) {
            case "BIGINT" -> SMALLER_THAN_BIGINT.contains(type) || type.equals("BIGINT");
            case "INTEGER" -> SMALLER_THAN_INTEGER.contains(type) || type.equals("INTEGER");
            case "DOUBLE" -> SMALLER_THAN_BIGINT.contains(type) || type.equals("FLOAT") || type.equals("DOUBLE");
            case "TIMESTAMP" -> type.equals("DATE") || type.equals("TIMESTAMP");
            default -> type(column).equals(type);
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
