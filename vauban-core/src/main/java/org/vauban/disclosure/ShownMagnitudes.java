package org.vauban.disclosure;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Sums as they may be seen: to three significant digits, hidden cells under one mark, and only those percentiles that enough persons stand behind. */
public final class ShownMagnitudes implements Shown {
    private final String name;
    private final String measure;
    private final List<String> dimensions;
    private final List<Integer> percents;
    private final List<Cell> cells;

    ShownMagnitudes(String name, String measure, List<String> dimensions, List<Integer> percents, List<Cell> cells) {
        this.name = name;
        this.measure = measure;
        this.dimensions = List.copyOf(dimensions);
        this.percents = List.copyOf(percents);
        this.cells = List.copyOf(cells);
    }

    @Override
    public String name() {
        return name;
    }

    public String measure() {
        return measure;
    }

    public List<String> dimensions() {
        return dimensions;
    }

    /** The points of the distribution that are told of at least one cell. */
    public List<Integer> percents() {
        return percents;
    }

    public List<Cell> cells() {
        return cells;
    }

    /**
     * One cell.
     *
     * @param persons the count, rounded if the rules say so; empty when hidden
     * @param sum to three significant digits; empty when hidden
     * @param mean of the sum and the persons as they are shown, to three significant digits; empty when hidden, or of nobody
     * @param percentiles one for each of {@link ShownMagnitudes#percents}, to three significant digits; empty where too few stand behind it
     */
    public record Cell(
            List<String> levels,
            OptionalLong persons,
            OptionalDouble sum,
            OptionalDouble mean,
            List<OptionalDouble> percentiles) {
        public Cell {
            levels = List.copyOf(levels);
            percentiles = List.copyOf(percentiles);
        }
    }
}
