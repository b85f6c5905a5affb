package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sums that a table gives: each total and its parts. A movement says by how much each cell differs from the truth; one that
 * keeps every sum, added to the table, gives another table that fits all that is shown.
 */
final class Sums {
    private final int cells;
    private final List<int[]> sums = new ArrayList<>();
    private final List<List<Integer>> ofCell = new ArrayList<>();

    Sums(CountTable table) {
        this.cells = table.size();
        for (int cell = 0; cell < cells; cell++) {
            ofCell.add(new ArrayList<>());
        }
        for (CountTable.Slice slice : table.slices()) {
            if (slice.hasTotal()) {
                int[] sum = IntStream.concat(
                                IntStream.of(slice.total()),
                                slice.parts().stream().mapToInt(Integer::intValue))
                        .toArray();
                for (int cell : sum) {
                    ofCell.get(cell).add(sums.size());
                }
                sums.add(sum);
            }
        }
    }

    int cells() {
        return cells;
    }

    int size() {
        return sums.size();
    }

    /** The cells of one sum, its total first. Not to be changed. */
    int[] cells(int sum) {
        return sums.get(sum);
    }

    /** The sums that a cell stands in, as total or part. */
    List<Integer> of(int cell) {
        return ofCell.get(cell);
    }

    /** -1 for the total of a sum, 1 for a part of it: with these, what belongs together adds up to nothing. */
    int sign(int sum, int cell) {
        return sums.get(sum)[0] == cell ? -1 : 1;
    }

    /** Whether a movement leaves every given total the sum of its parts. */
    boolean areKeptBy(long[] movement) {
        for (int[] sum : sums) {
            long left = -movement[sum[0]];
            for (int place = 1; place < sum.length; place++) {
                left += movement[sum[place]];
            }
            if (left != 0) {
                return false;
            }
        }
        return true;
    }
}
