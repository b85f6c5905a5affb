package org.vauban.plot;

/** How much room a figure has. Text keeps a readable size in both, because a drawing is scaled to the page's width. */
public enum Layout {
    /** For screens and paper. */
    WIDE(760),
    /** For telephones, from 320 pixels on. */
    NARROW(390);

    private final double width;

    Layout(double width) {
        this.width = width;
    }

    double width() {
        return width;
    }

    boolean isNarrow() {
        return this == NARROW;
    }
}
