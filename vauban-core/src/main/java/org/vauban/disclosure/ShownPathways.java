package org.vauban.disclosure;

import java.util.List;
import org.vauban.output.Pathways;

/**
 * Paths as they may be seen, the most frequent first and others last. A path that is not listed is one that few went, or nobody, or one that
 * was put to the others to make them enough.
 */
public final class ShownPathways implements Shown {
    private final String name;
    private final String target;
    private final long persons;
    private final List<Row> rows;
    private final long others;

    ShownPathways(String name, String target, long persons, List<Row> rows, long others) {
        this.name = name;
        this.target = target;
        this.persons = persons;
        this.rows = List.copyOf(rows);
        this.others = others;
    }

    @Override
    public String name() {
        return name;
    }

    public String target() {
        return target;
    }

    /** All persons: the sum of what is shown. */
    public long persons() {
        return persons;
    }

    public List<Row> rows() {
        return rows;
    }

    /** Persons on all other paths; 0 when there is nobody. */
    public long others() {
        return others;
    }

    /**
     * One path.
     *
     * @param steps none for persons without a treatment
     * @param persons who went it, rounded if the rules say so
     */
    public record Row(List<Pathways.Step> steps, long persons) {
        public Row {
            steps = List.copyOf(steps);
        }
    }
}
