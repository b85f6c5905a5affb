package org.vauban.document;

import org.jspecify.annotations.Nullable;
import org.vauban.problem.Place;

/**
 * Where a node stands in its document: a step below the node around it. Its path is spelled out when somebody asks for it, because a
 * library of definitions has hundreds of thousands of nodes and few problems.
 */
public final class Spot {
    private static final int NO_ITEM = -1;

    private final String file;
    private final int line;
    private final int column;
    private final @Nullable Spot around;
    private final String field;
    private final int item;

    private Spot(String file, int line, int column, @Nullable Spot around, String field, int item) {
        this.file = file;
        this.line = line;
        this.column = column;
        this.around = around;
        this.field = field;
        this.item = item;
    }

    /** The outermost node. Lines and columns count from 1. */
    public static Spot root(String file, int line, int column) {
        return new Spot(file, line, column, null, "$", NO_ITEM);
    }

    /** The value of a field of the object that stands here. */
    Spot field(String name, int atLine, int atColumn) {
        return new Spot(file, atLine, atColumn, this, name, NO_ITEM);
    }

    /** An item of the list that stands here, counted from 0. */
    Spot item(int number, int atLine, int atColumn) {
        return new Spot(file, atLine, atColumn, this, "", number);
    }

    /** The same spelled out. */
    public Place place() {
        var path = new StringBuilder();
        spell(path);
        return Place.line(file, line, column).withPath(path.toString());
    }

    private void spell(StringBuilder path) {
        if (around == null) {
            path.append(field);
            return;
        }
        around.spell(path);
        if (item == NO_ITEM) {
            path.append('.').append(field);
        } else {
            path.append('[').append(item).append(']');
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Spot spot && place().equals(spot.place());
    }

    @Override
    public int hashCode() {
        return 31 * line + column;
    }

    @Override
    public String toString() {
        return place().toString();
    }
}
