package org.vauban.cohort;

/** How a value is compared. {@code BETWEEN} allows both bounds. */
public enum Comparison {
    LESS("lt"),
    LESS_OR_EQUAL("lte"),
    EQUAL("eq"),
    NOT_EQUAL("!eq"),
    GREATER("gt"),
    GREATER_OR_EQUAL("gte"),
    BETWEEN("bt"),
    NOT_BETWEEN("!bt");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    /** Its name in Circe JSON. */
    public String symbol() {
        return symbol;
    }

    /** True when it needs a second bound. */
    public boolean isRange() {
        return this == BETWEEN || this == NOT_BETWEEN;
    }

    boolean holds(double found, double value, double extent) {
        return switch (this) {
            case LESS -> found < value;
            case LESS_OR_EQUAL -> found <= value;
            case EQUAL -> found == value;
            case NOT_EQUAL -> found != value;
            case GREATER -> found > value;
            case GREATER_OR_EQUAL -> found >= value;
            case BETWEEN -> found >= value && found <= extent;
            case NOT_BETWEEN -> !(found >= value && found <= extent);
        };
    }
}
