package org.vauban.plot;

import java.util.List;

/**
 * Who remains after each step of a design, arm beside arm.
 *
 * @param id unique in its page
 * @param words title, description, language
 * @param arms the arms' names, one to four
 * @param steps the steps from top to bottom; the first says who was there at the beginning
 */
public record AttritionFigure(String id, FigureWords words, List<String> arms, List<Step> steps) implements Figure {
    public AttritionFigure {
        arms = List.copyOf(arms);
        steps = List.copyOf(steps);
        if (arms.isEmpty() || arms.size() > Svg.ARMS_MAX || steps.isEmpty()) {
            throw new IllegalArgumentException("A flow has one to " + Svg.ARMS_MAX + " arms and at least one step");
        }
        for (Step step : steps) {
            if (step.cells().size() != arms.size()) {
                throw new IllegalArgumentException("Each step has one cell per arm");
            }
        }
    }

    /**
     * One step.
     *
     * @param label what was asked of the persons
     * @param cells one per arm
     */
    public record Step(String label, List<Cell> cells) {
        public Step {
            cells = List.copyOf(cells);
        }
    }

    /**
     * One arm after one step, as written: a number, or the mark of a hidden one.
     *
     * @param remaining who remains
     * @param lost who was lost in this step; empty when nobody was
     */
    public record Cell(String remaining, String lost) {}
}
