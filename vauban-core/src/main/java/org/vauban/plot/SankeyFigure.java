package org.vauban.plot;

import java.util.List;

/**
 * Paths of persons through treatments, from left to right; the width of a band is how many went it.
 *
 * @param id unique in its page
 * @param words title, description, language
 * @param column what stands above a column, the step's number behind it
 * @param paths each once, in the order in which they are drawn
 */
public record SankeyFigure(String id, FigureWords words, String column, List<Path> paths) implements Figure {
    public SankeyFigure {
        paths = List.copyOf(paths);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("A figure has paths");
        }
    }

    /**
     * One path.
     *
     * @param steps the treatments in their order
     * @param persons how many went it, above 0
     * @param muted whether it is no path of its own, such as all others
     */
    public record Path(List<String> steps, long persons, boolean muted) {
        public Path {
            steps = List.copyOf(steps);
            if (steps.isEmpty() || persons <= 0) {
                throw new IllegalArgumentException("Somebody went a path");
            }
        }
    }
}
