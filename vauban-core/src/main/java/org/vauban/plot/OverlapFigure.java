package org.vauban.plot;

import java.util.List;

/**
 * How a score is spread in two arms: one above the axis, the other below.
 *
 * @param id unique in its page
 * @param words title, description, language
 * @param axis what the score is
 * @param upper the arm above
 * @param lower the arm below
 * @param bins from left to right, of equal width between 0 and 1
 */
public record OverlapFigure(String id, FigureWords words, String axis, String upper, String lower, List<Bin> bins)
        implements Figure {
    public OverlapFigure {
        bins = List.copyOf(bins);
        if (bins.isEmpty()) {
            throw new IllegalArgumentException("A spread has at least one bin");
        }
    }

    /** The share of each arm's persons in a stretch of the score, from 0 to 1. */
    public record Bin(double upper, double lower) {
        public Bin {
            if (!(upper >= 0 && upper <= 1) || !(lower >= 0 && lower <= 1)) {
                throw new IllegalArgumentException("A share lies between 0 and 1");
            }
        }
    }
}
