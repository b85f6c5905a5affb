package org.vauban.output;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Numbers of persons, such as how many days each was treated, of which medians and quartiles are told.
 *
 * @param name the output's name
 * @param group what the persons have in common
 * @param persons all of them
 * @param rows each measure once
 */
public record Distributions(String name, String group, PersonSet persons, List<Row> rows) implements RawOutput {
    public Distributions {
        OutputName.name(name);
        OutputName.label(group);
        rows = List.copyOf(rows);
        var seen = new HashSet<String>();
        for (Row row : rows) {
            if (!seen.add(row.measure())) {
                throw new IllegalArgumentException("A measure stands once");
            }
            if (PersonSet.of(row.persons()).minus(persons).size() > 0) {
                throw new IllegalArgumentException("Who has a value is of the group");
            }
        }
    }

    /** What a value counts. */
    public enum Unit {
        /** Things, such as episodes. */
        COUNT,
        DAYS,
        /** A part of 1. */
        SHARE
    }

    /**
     * One measure: arrays of one length.
     *
     * @param measure what is measured
     * @param unit what a value counts
     * @param telling whether it tells something of a person's care that there is a value at all, such as the gap before a second episode
     * @param persons who has a value, each once
     * @param values theirs
     */
    public record Row(String measure, Unit unit, boolean telling, long[] persons, double[] values) {
        public Row {
            OutputName.label(measure);
            if (persons.length != values.length || PersonSet.of(persons).size() != persons.length) {
                throw new IllegalArgumentException("Each person has one value");
            }
            persons = persons.clone();
            values = values.clone();
        }

        @Override
        public long[] persons() {
            return persons.clone();
        }

        @Override
        public double[] values() {
            return values.clone();
        }

        public int size() {
            return persons.length;
        }

        /**
         * The value below which this share of persons lies, between two of them in proportion (definition 7 of Hyndman and Fan 1996, R's own).
         * NaN when nobody has a value.
         */
        public double quantile(double share) {
            if (values.length == 0) {
                return Double.NaN;
            }
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            double place = share * (sorted.length - 1);
            int below = (int) Math.floor(place);
            int above = Math.min(below + 1, sorted.length - 1);
            return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
        }

        @Override
        public String toString() {
            return "Row[" + measure + "]";
        }
    }

    @Override
    public String toString() {
        return "Distributions[" + name + ", " + rows.size() + " rows]";
    }
}
