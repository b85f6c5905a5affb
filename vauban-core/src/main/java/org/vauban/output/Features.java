package org.vauban.output;

import java.util.HashSet;
import java.util.List;

/**
 * How many persons of one group, or of each of two, have a record of a concept in a window of days around their entry.
 *
 * <p>Groups have no person in common, and nothing is summed over them: each is its own. Windows of one concept do not overlap.
 *
 * @param name the output's name
 * @param groups one, or two that are compared
 * @param rows each concept once in a table and window
 */
public record Features(String name, List<Group> groups, List<Row> rows) implements RawOutput {
    private static final int LABEL_MAX = 120;
    private static final String NOT_IN_A_LABEL = "[^\\p{L}\\p{N} .,:;()/%+<>=≤≥'’_-]+";

    public Features {
        OutputName.name(name);
        groups = List.copyOf(groups);
        rows = List.copyOf(rows);
        if (groups.isEmpty() || groups.size() > 2) {
            throw new IllegalArgumentException("One group, or two that are compared");
        }
        if (groups.size() == 2
                && groups.getFirst().persons().and(groups.getLast().persons()).size() > 0) {
            throw new IllegalArgumentException("Groups have no person in common");
        }
        var seen = new HashSet<List<Object>>();
        for (Row row : rows) {
            if (row.persons().size() != groups.size()) {
                throw new IllegalArgumentException("A row has the persons of each group");
            }
            if (!seen.add(List.of(row.table(), row.concept(), row.fromDay(), row.toDay()))) {
                throw new IllegalArgumentException("A concept stands once in a table and window");
            }
        }
    }

    /** One group with all its persons. */
    public record Group(String label, PersonSet persons) {
        public Group {
            OutputName.label(label);
        }

        @Override
        public String toString() {
            return "Group[" + label + "]";
        }
    }

    /**
     * One concept.
     *
     * @param table where it is recorded
     * @param concept its number
     * @param conceptName its name in the letters of a label
     * @param fromDay first day of the window, counted from the entry
     * @param toDay last day of the window
     * @param persons who has it, group by group
     */
    public record Row(String table, int concept, String conceptName, int fromDay, int toDay, List<PersonSet> persons) {
        public Row {
            OutputName.label(table);
            OutputName.label(conceptName);
            persons = List.copyOf(persons);
        }

        @Override
        public String toString() {
            return "Row[" + table + ", " + concept + "]";
        }
    }

    /** A concept's name as a label: what a label may not have is a space, and a name that says nothing is the number. */
    public static String label(String name, int concept) {
        String plain = name.replaceAll(NOT_IN_A_LABEL, " ")
                .replaceFirst("^[^\\p{L}\\p{N}]+", "")
                .strip();
        return plain.isEmpty()
                ? "Concept " + concept
                : plain.substring(0, Math.min(plain.length(), LABEL_MAX)).strip();
    }

    /**
     * Difference of two shares in units of their common standard deviation (Austin 2009). Where neither varies it is 0 for equal shares and
     * infinite for all against nobody.
     */
    public static double standardisedDifference(double one, double other) {
        double variance = (one * (1 - one) + other * (1 - other)) / 2;
        return one == other ? 0 : (one - other) / Math.sqrt(variance);
    }

    @Override
    public String toString() {
        return "Features[" + name + ", " + rows.size() + " rows]";
    }
}
