package org.vauban.output;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Sums of a measure, such as costs or days in hospital, over the persons of each cell, and points of its distribution. Totals are cells too, with
 * {@link FrequencyTable#TOTAL} in the dimension they sum over. Each person contributes once to a cell.
 *
 * @param name the output's name
 * @param measure what is summed, with its unit: {@code Reimbursed costs (EUR)}
 * @param dimensions the dimensions' names, in the order of the levels
 * @param cells the cells, totals included, each with as many levels as there are dimensions
 * @param sensitive the dimensions that say something about a person that others do not know already
 */
public record MagnitudeTable(
        String name, String measure, List<String> dimensions, List<Cell> cells, Set<String> sensitive)
        implements RawOutput {
    /** So many of the largest contributions are kept with each cell. */
    public static final int LARGEST = 5;

    public MagnitudeTable {
        OutputName.name(name);
        OutputName.label(measure);
        dimensions = List.copyOf(dimensions);
        cells = List.copyOf(cells);
        sensitive = Set.copyOf(sensitive);
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException("A table has at least one dimension");
        }
        dimensions.forEach(OutputName::label);
        var seen = new HashSet<List<String>>();
        for (Cell cell : cells) {
            if (cell.levels().size() != dimensions.size()) {
                throw new IllegalArgumentException("A cell has one level per dimension");
            }
            if (!seen.add(cell.levels())) {
                throw new IllegalArgumentException("A cell stands once in a table");
            }
        }
        if (!dimensions.containsAll(sensitive)) {
            throw new IllegalArgumentException("A sensitive dimension is a dimension of the table");
        }
    }

    /**
     * One cell.
     *
     * @param levels one level per dimension
     * @param count distinct persons, at least 0
     * @param persons who they are, if the table was made here
     * @param sum what they contribute together
     * @param largest their largest contributions without signs, the largest first: all of them, or at least two
     * @param negative whether somebody contributes less than nothing
     * @param largestHolder of how many of the persons that data holder knows who knows most of them, where holders are told
     * @param percentiles points of the distribution
     */
    public record Cell(
            List<String> levels,
            long count,
            Optional<PersonSet> persons,
            double sum,
            List<Double> largest,
            boolean negative,
            OptionalLong largestHolder,
            List<Percentile> percentiles) {
        public Cell {
            levels = List.copyOf(levels);
            levels.forEach(OutputName::label);
            largest = List.copyOf(largest);
            percentiles = List.copyOf(percentiles);
            if (count < 0 || largestHolder.orElse(0) < 0 || largestHolder.orElse(0) > count) {
                throw new IllegalArgumentException("A cell counts its distinct persons, and a holder some of them");
            }
            if (!Double.isFinite(sum) || (count == 0 && sum != 0)) {
                throw new IllegalArgumentException("A sum is a number, and nobody contributes nothing");
            }
            if (largest.size() < Math.min(count, 2)) {
                throw new IllegalArgumentException("The two largest contributions of a cell are known");
            }
            if (persons.isPresent() && persons.get().size() != count) {
                throw new IllegalArgumentException("A cell counts its distinct persons");
            }
            for (int place = 0; place < largest.size(); place++) {
                if (!(largest.get(place) >= 0) || (place > 0 && largest.get(place) > largest.get(place - 1))) {
                    throw new IllegalArgumentException("Contributions have no sign, and the largest comes first");
                }
            }
        }

        /**
         * A cell of persons with what each contributes, one number per person in any order.
         *
         * @param percents the points of the distribution to tell, from 1 to 99
         */
        public static Cell of(List<String> levels, PersonSet persons, double[] contributions, int... percents) {
            if (contributions.length != persons.size()) {
                throw new IllegalArgumentException("Each person contributes once");
            }
            double[] sorted = contributions.clone();
            Arrays.sort(sorted);
            return new Cell(
                    levels,
                    persons.size(),
                    Optional.of(persons),
                    Arrays.stream(sorted).sum(),
                    Arrays.stream(sorted)
                            .map(Math::abs)
                            .boxed()
                            .sorted(java.util.Comparator.reverseOrder())
                            .limit(LARGEST)
                            .toList(),
                    sorted.length > 0 && sorted[0] < 0,
                    OptionalLong.empty(),
                    sorted.length == 0
                            ? List.of()
                            : Arrays.stream(percents)
                                    .mapToObj(percent -> Percentile.of(percent, sorted))
                                    .toList());
        }

        public Cell withLargestHolder(long holder) {
            return new Cell(levels, count, persons, sum, largest, negative, OptionalLong.of(holder), percentiles);
        }

        @Override
        public String toString() {
            return "Cell" + levels;
        }
    }

    /**
     * A point of a distribution.
     *
     * @param percent from 1 to 99; the least and the largest value are a person's own
     * @param value the mean of the five values that lie nearest, so that it is nobody's own
     */
    public record Percentile(int percent, double value) {
        private static final int NEAREST = 5;

        public Percentile {
            if (percent < 1 || percent > 99) {
                throw new IllegalArgumentException("A percentile is from 1 to 99");
            }
        }

        /** Of values in ascending order, at least one. */
        public static Percentile of(int percent, double[] ascending) {
            int nearest = Math.min(NEAREST, ascending.length);
            double rank = percent / 100.0 * (ascending.length - 1);
            int first = Math.clamp(Math.round(rank - (nearest - 1) / 2.0), 0, ascending.length - nearest);
            return new Percentile(
                    percent,
                    Arrays.stream(ascending, first, first + nearest).average().orElseThrow());
        }

        @Override
        public String toString() {
            return "Percentile[" + percent + "]";
        }
    }

    @Override
    public String toString() {
        return "MagnitudeTable[" + name + ", " + dimensions + ", " + cells.size() + " cells]";
    }
}
