package org.vauban.worker.pipe;

/** What a column of a table holds. The order is that of the numbers on the wire. */
public enum ColumnType {
    /** 32 bits. */
    INTEGER("INTEGER"),
    /** 64 bits. */
    BIGINT("BIGINT"),
    DOUBLE("DOUBLE"),
    /** Days since 1970-01-01, as 32 bits. */
    DATE("DATE"),
    /** Seconds since 1970-01-01, as 64 bits. */
    TIMESTAMP("TIMESTAMP"),
    TEXT("VARCHAR");

    private final String sql;

    ColumnType(String sql) {
        this.sql = sql;
    }

    /** The type as the engine writes it. */
    public String sql() {
        return sql;
    }
}
