package org.vauban.disclosure;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.vauban.output.Distributions;

/** Medians and quartiles as they may be seen: each is the mean of as many persons as the threshold asks for, those around it. */
public final class ShownDistributions implements Shown {
    private final String name;
    private final String group;
    private final long persons;
    private final List<Row> rows;

    ShownDistributions(String name, String group, long persons, List<Row> rows) {
        this.name = name;
        this.group = group;
        this.persons = persons;
        this.rows = List.copyOf(rows);
    }

    @Override
    public String name() {
        return name;
    }

    public String group() {
        return group;
    }

    /** All persons of the group, rounded if the rules say so. */
    public long persons() {
        return persons;
    }

    public List<Row> rows() {
        return rows;
    }

    /**
     * One measure; what is hidden is empty.
     *
     * @param measure what is measured
     * @param unit what a value counts
     * @param persons who has a value, rounded if the rules say so
     * @param lower the first quartile
     * @param median the median
     * @param upper the third quartile
     */
    public record Row(
            String measure,
            Distributions.Unit unit,
            OptionalLong persons,
            OptionalDouble lower,
            OptionalDouble median,
            OptionalDouble upper) {}
}
