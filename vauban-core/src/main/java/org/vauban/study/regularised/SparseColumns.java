package org.vauban.study.regularised;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Covariates of which most are zero, kept column by column: for each, the rows where it is not and its values there. */
public final class SparseColumns {
    /** Below this share of the mean, a deviation is rounding. */
    private static final double SAME = 1e-12;

    private final int rows;
    private final int[] begin;
    private final int[] row;
    private final double[] value;

    /** Worked out when first asked for; whoever asks at the same time finds the same. */
    private volatile double @Nullable [] deviations;

    private SparseColumns(int rows, int[] begin, int[] row, double[] value) {
        this.rows = rows;
        this.begin = begin;
        this.row = row;
        this.value = value;
    }

    /**
     * Columns as they lie in memory.
     *
     * @param rows how many rows there are
     * @param begin where each column begins in the other two, and behind the last where it ends
     * @param row ascending within a column
     */
    public static SparseColumns of(int rows, int[] begin, int[] row, double[] value) {
        if (begin.length == 0 || begin[begin.length - 1] != row.length || row.length != value.length) {
            throw new IllegalArgumentException("Columns end where their cells end");
        }
        for (int column = 0; column + 1 < begin.length; column++) {
            for (int cell = begin[column]; cell < begin[column + 1]; cell++) {
                boolean ascends = cell == begin[column] || row[cell] > row[cell - 1];
                if (!ascends || row[cell] < 0 || row[cell] >= rows || !Double.isFinite(value[cell])) {
                    throw new IllegalArgumentException("A column's rows ascend and its values are finite");
                }
            }
        }
        return new SparseColumns(rows, begin.clone(), row.clone(), value.clone());
    }

    /** The same from whole columns. */
    public static SparseColumns of(List<double[]> columns) {
        int cells = 0;
        for (double[] column : columns) {
            cells += (int) Arrays.stream(column).filter(each -> each != 0).count();
        }
        int[] begin = new int[columns.size() + 1];
        int[] row = new int[cells];
        double[] value = new double[cells];
        int next = 0;
        for (int column = 0; column < columns.size(); column++) {
            double[] values = columns.get(column);
            for (int each = 0; each < values.length; each++) {
                if (values[each] != 0) {
                    row[next] = each;
                    value[next++] = values[each];
                }
            }
            begin[column + 1] = next;
        }
        return of(columns.isEmpty() ? 0 : columns.getFirst().length, begin, row, value);
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return begin.length - 1;
    }

    /** The first cell of a column; it has those before the first of the next. */
    public int begin(int column) {
        return begin[column];
    }

    public int row(int cell) {
        return row[cell];
    }

    public double value(int cell) {
        return value[cell];
    }

    /** Of each column the standard deviation, with the number of rows as divisor; 0 of a column that is the same in all rows. */
    double[] deviations() {
        double[] known = deviations;
        if (known == null) {
            known = new double[columns()];
            for (int column = 0; column < known.length; column++) {
                known[column] = deviation(column);
            }
            deviations = known;
        }
        return known.clone();
    }

    private double deviation(int column) {
        double total = 0;
        for (int cell = begin[column]; cell < begin[column + 1]; cell++) {
            total += value[cell];
        }
        double mean = total / rows;
        double sum = (rows - (begin[column + 1] - begin[column])) * mean * mean;
        for (int cell = begin[column]; cell < begin[column + 1]; cell++) {
            sum += (value[cell] - mean) * (value[cell] - mean);
        }
        double found = Math.sqrt(sum / rows);
        return found > SAME * Math.abs(mean) ? found : 0;
    }

    /** Some of the rows, in the order given, each at most once. */
    SparseColumns where(int[] kept) {
        int[] place = new int[rows];
        Arrays.fill(place, -1);
        for (int index = 0; index < kept.length; index++) {
            place[kept[index]] = index;
        }
        int[] newBegin = new int[begin.length];
        int[] newRow = new int[row.length];
        double[] newValue = new double[row.length];
        int next = 0;
        for (int column = 0; column < columns(); column++) {
            int from = next;
            for (int cell = begin[column]; cell < begin[column + 1]; cell++) {
                if (place[row[cell]] >= 0) {
                    newRow[next] = place[row[cell]];
                    newValue[next++] = value[cell];
                }
            }
            sort(newRow, newValue, from, next);
            newBegin[column + 1] = next;
        }
        return new SparseColumns(kept.length, newBegin, Arrays.copyOf(newRow, next), Arrays.copyOf(newValue, next));
    }

    /** Insertion by row: what comes in is nearly in order. */
    private static void sort(int[] rows, double[] values, int from, int end) {
        for (int each = from + 1; each < end; each++) {
            int movedRow = rows[each];
            double movedValue = values[each];
            int place = each;
            while (place > from && rows[place - 1] > movedRow) {
                rows[place] = rows[place - 1];
                values[place] = values[place - 1];
                place--;
            }
            rows[place] = movedRow;
            values[place] = movedValue;
        }
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "SparseColumns[" + rows + " x " + columns() + "]";
    }
}
