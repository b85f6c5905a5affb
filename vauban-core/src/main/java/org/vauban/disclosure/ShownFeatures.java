package org.vauban.disclosure;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.vauban.output.Features;

/**
 * Concepts that are common enough in a group, with who has them there. A concept that is not listed is one that few have, or nobody, or
 * nearly everybody.
 */
public final class ShownFeatures implements Shown {
    private final String name;
    private final List<Group> groups;
    private final List<Row> rows;

    ShownFeatures(String name, List<Group> groups, List<Row> rows) {
        this.name = name;
        this.groups = List.copyOf(groups);
        this.rows = List.copyOf(rows);
    }

    @Override
    public String name() {
        return name;
    }

    public List<Group> groups() {
        return groups;
    }

    public List<Row> rows() {
        return rows;
    }

    /**
     * One group.
     *
     * @param persons all its persons, rounded if the rules say so
     */
    public record Group(String label, long persons) {}

    /**
     * One concept in one table and window.
     *
     * @param persons who has it, group by group, rounded if the rules say so; empty when hidden
     */
    public record Row(
            String table, int concept, String conceptName, int fromDay, int toDay, List<OptionalLong> persons) {
        public Row {
            persons = List.copyOf(persons);
        }
    }

    /** The share of a group, of the numbers that are shown. */
    public OptionalDouble share(Row row, int group) {
        OptionalLong persons = row.persons().get(group);
        return persons.isPresent()
                ? OptionalDouble.of(Math.min(
                        1, (double) persons.getAsLong() / groups.get(group).persons()))
                : OptionalDouble.empty();
    }

    /** The standardised difference of two groups, of the numbers that are shown: it tells nothing that they do not. */
    public OptionalDouble difference(Row row) {
        if (groups.size() < 2 || share(row, 0).isEmpty() || share(row, 1).isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Features.standardisedDifference(
                share(row, 0).getAsDouble(), share(row, 1).getAsDouble()));
    }
}
