package org.vauban.trajectory;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;

/** Collects the rows of one table: first the row, then its values by the column handles. */
public final class RowsBuilder {
    private static final int ROWS_AT_FIRST = 64;

    private final CdmTable table;
    private final Map<CdmColumn, Values> values = new LinkedHashMap<>();
    private long[] persons = new long[ROWS_AT_FIRST];
    private int[] starts = new int[ROWS_AT_FIRST];
    private long[] ranks = new long[ROWS_AT_FIRST];
    private int rows;
    private boolean hasTies;

    RowsBuilder(CdmTable table, Needs needs) {
        this.table = table;
        for (CdmColumn column : needs.columns()) {
            boolean isStart = Domain.of(table)
                    .map(domain -> domain.startColumn().equals(column))
                    .orElse(false);
            if (column.table() == table && !isStart) {
                values.put(column, values(ColumnKind.of(column)));
            }
        }
    }

    public int size() {
        return rows;
    }

    /** Adds a row of PERSON; persons come in ascending order, each once. */
    public void addPerson(long person) {
        if (rows > 0 && persons[rows - 1] >= person) {
            throw outOfOrder("persons are not ascending");
        }
        add(person, 0, 0);
    }

    /**
     * Adds an event; events come by person, start day and rank.
     *
     * @param startDay days since 1970-01-01
     * @param rank the row's place among all rows of its person, taken from the source's own row identifiers
     */
    public void addEvent(long person, int startDay, long rank) {
        if (Absent.is(startDay)) {
            throw new IllegalArgumentException(table.tableName() + ": an event without a start day");
        }
        if (rows > 0 && !inOrder(person, startDay, rank)) {
            throw outOfOrder("rows are not ordered by person, start day and rank");
        }
        add(person, startDay, rank);
    }

    /** True when two events share person, start day and rank, so that nothing but their values can put them in order. */
    public boolean hasTies() {
        return hasTies;
    }

    /** Forgets all rows; the handles stay valid. */
    public void startAgain() {
        rows = 0;
        hasTies = false;
        values.values().forEach(Values::forget);
    }

    public IntValues ints(CdmColumn column) {
        return handle(column, IntValues.class);
    }

    public LongValues longs(CdmColumn column) {
        return handle(column, LongValues.class);
    }

    public DoubleValues doubles(CdmColumn column) {
        return handle(column, DoubleValues.class);
    }

    public TextValues texts(CdmColumn column) {
        return handle(column, TextValues.class);
    }

    private <T extends Values> T handle(CdmColumn column, Class<T> type) {
        Values found = values.get(column);
        if (found == null) {
            throw new IllegalArgumentException(column + " is not among the needs of this reading");
        }
        return type.cast(found);
    }

    private boolean inOrder(long person, int startDay, long rank) {
        int last = rows - 1;
        if (persons[last] != person) {
            return persons[last] < person;
        }
        if (starts[last] != startDay) {
            return starts[last] < startDay;
        }
        hasTies |= ranks[last] == rank;
        return ranks[last] <= rank;
    }

    private void add(long person, int startDay, long rank) {
        if (rows == persons.length) {
            int more = rows + (rows >> 1);
            persons = Arrays.copyOf(persons, more);
            starts = Arrays.copyOf(starts, more);
            ranks = Arrays.copyOf(ranks, more);
        }
        persons[rows] = person;
        starts[rows] = startDay;
        ranks[rows] = rank;
        rows++;
    }

    private IllegalStateException outOfOrder(String what) {
        return new IllegalStateException(table.tableName() + ": " + what + " at row " + rows);
    }

    long person(int row) {
        return persons[row];
    }

    int distinctPersons() {
        int distinct = 0;
        for (int row = 0; row < rows; row++) {
            if (row == 0 || persons[row - 1] != persons[row]) {
                distinct++;
            }
        }
        return distinct;
    }

    int copyDistinct(long[] target, int from) {
        int filled = from;
        for (int row = 0; row < rows; row++) {
            if (row == 0 || persons[row - 1] != persons[row]) {
                target[filled++] = persons[row];
            }
        }
        return filled;
    }

    int[] offsets(long[] ids) {
        int[] offsets = new int[ids.length + 1];
        int row = 0;
        for (int person = 0; person < ids.length; person++) {
            while (row < rows && persons[row] == ids[person]) {
                row++;
            }
            offsets[person + 1] = row;
        }
        // The pair of the check on the way in: every row has found its person.
        if (row != rows) {
            throw outOfOrder("a row belongs to no person");
        }
        return offsets;
    }

    long[] ranks() {
        return Arrays.copyOf(ranks, rows);
    }

    Columns columns(CdmColumn startColumn) {
        Map<CdmColumn, Object> arrays = new LinkedHashMap<>();
        values.forEach((column, of) -> arrays.put(column, of.array()));
        arrays.put(startColumn, Arrays.copyOf(starts, rows));
        return new Columns(arrays);
    }

    /** The columns with each row moved to its place; places without a row are absent. */
    Columns spread(int[] places, int size) {
        Map<CdmColumn, Object> arrays = new LinkedHashMap<>();
        values.forEach((column, of) -> {
            if (of instanceof IntValues ints) {
                int[] found = ints.array();
                int[] spread = new int[size];
                Arrays.fill(spread, Absent.INT);
                for (int row = 0; row < rows; row++) {
                    spread[places[row]] = found[row];
                }
                arrays.put(column, spread);
            }
        });
        return new Columns(arrays);
    }

    private Values values(ColumnKind kind) {
        return switch (kind) {
            case INT -> new IntValues();
            case LONG -> new LongValues();
            case DOUBLE -> new DoubleValues();
            case TEXT -> new TextValues();
        };
    }

    /** One column while it grows: rows nobody sets a value for are absent in it. */
    public abstract sealed class Values permits IntValues, LongValues, DoubleValues, TextValues {
        /** The row added last. */
        final int last() {
            return rows - 1;
        }

        /** Room for a row and those that will follow it. */
        final int room(int row) {
            return Math.max(row + (row >> 1), persons.length);
        }

        abstract void forget();

        abstract Object array();
    }

    /** Whole numbers, days and concepts. */
    public final class IntValues extends Values {
        private int[] array = new int[0];

        /** Sets the value of the row added last. */
        public void set(int value) {
            set(last(), value);
        }

        /** Sets the value of a row that was added, counted from 0. */
        public void set(int row, int value) {
            if (row >= array.length) {
                array = copy(room(row));
            }
            array[row] = value;
        }

        private int[] copy(int length) {
            int[] copy = Arrays.copyOf(array, length);
            if (length > array.length) {
                Arrays.fill(copy, array.length, length, Absent.INT);
            }
            return copy;
        }

        @Override
        void forget() {
            array = new int[0];
        }

        @Override
        int[] array() {
            return copy(rows);
        }
    }

    /** Row identifiers and points in time. */
    public final class LongValues extends Values {
        private long[] array = new long[0];

        /** Sets the value of the row added last. */
        public void set(long value) {
            set(last(), value);
        }

        /** Sets the value of a row that was added, counted from 0. */
        public void set(int row, long value) {
            if (row >= array.length) {
                array = copy(room(row));
            }
            array[row] = value;
        }

        private long[] copy(int length) {
            long[] copy = Arrays.copyOf(array, length);
            if (length > array.length) {
                Arrays.fill(copy, array.length, length, Absent.LONG);
            }
            return copy;
        }

        @Override
        void forget() {
            array = new long[0];
        }

        @Override
        long[] array() {
            return copy(rows);
        }
    }

    /** Measured values. */
    public final class DoubleValues extends Values {
        private double[] array = new double[0];

        /** Sets the value of the row added last. */
        public void set(double value) {
            set(last(), value);
        }

        /** Sets the value of a row that was added, counted from 0. */
        public void set(int row, double value) {
            if (row >= array.length) {
                array = copy(room(row));
            }
            array[row] = value;
        }

        private double[] copy(int length) {
            double[] copy = Arrays.copyOf(array, length);
            if (length > array.length) {
                Arrays.fill(copy, array.length, length, Absent.DOUBLE);
            }
            return copy;
        }

        @Override
        void forget() {
            array = new double[0];
        }

        @Override
        double[] array() {
            return copy(rows);
        }
    }

    /** Texts. */
    public final class TextValues extends Values {
        private @Nullable String[] array = new @Nullable String[0];

        /** Sets the value of the row added last. */
        public void set(String value) {
            set(last(), value);
        }

        /** Sets the value of a row that was added, counted from 0. */
        public void set(int row, String value) {
            if (row >= array.length) {
                array = Arrays.copyOf(array, room(row));
            }
            array[row] = value;
        }

        @Override
        void forget() {
            array = new @Nullable String[0];
        }

        @Override
        @Nullable
        String[] array() {
            return Arrays.copyOf(array, rows);
        }
    }
}
