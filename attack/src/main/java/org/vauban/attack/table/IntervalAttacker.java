package org.vauban.attack.table;

import java.util.Arrays;
import java.util.List;

/**
 * Bounds hidden cells by going round the sums: a part is at most its total less what the others must have, and so on until
 * nothing gets narrower. Fast enough for a hundred thousand tables. Whatever it breaks is broken; what it does not break
 * may fall to {@link TableAttacker}.
 */
public final class IntervalAttacker {
    private static final int ROUNDS_MAX = 1_000;
    private static final double NARROWER = 1e-9;

    private final PublishedTable table;
    private final double[] low;
    private final double[] high;

    public IntervalAttacker(PublishedTable table, Knowledge knowledge) {
        this.table = table;
        double[][] limits = table.limits(knowledge);
        this.low = limits[0];
        this.high = limits[1];
    }

    /** The interval of every hidden cell. */
    public List<Interval> attack() {
        List<PublishedTable.Sum> sums = table.sums();
        boolean narrower = true;
        for (int round = 0; narrower && round < ROUNDS_MAX; round++) {
            narrower = false;
            for (PublishedTable.Sum sum : sums) {
                narrower |= tighten(sum);
            }
        }
        return table.hidden().stream()
                .map(cell -> new Interval(cell, table.cells().get(cell).status(), low[cell], high[cell]))
                .toList();
    }

    private boolean tighten(PublishedTable.Sum sum) {
        int total = sum.total();
        int[] parts = sum.parts().stream().mapToInt(Integer::intValue).toArray();
        boolean narrower = set(
                total,
                Arrays.stream(parts).mapToDouble(part -> low[part]).sum(),
                Arrays.stream(parts).mapToDouble(part -> high[part]).sum());
        for (int part : parts) {
            double othersLow = 0;
            double othersHigh = 0;
            for (int other : parts) {
                othersLow += other == part ? 0 : low[other];
                othersHigh += other == part ? 0 : high[other];
            }
            // An unlimited total less unlimited others says nothing.
            double least = othersHigh == Double.POSITIVE_INFINITY ? 0 : low[total] - othersHigh;
            narrower |= set(part, least, high[total] - othersLow);
        }
        return narrower;
    }

    private boolean set(int cell, double least, double most) {
        boolean narrower = least > low[cell] + NARROWER || most < high[cell] - NARROWER;
        low[cell] = Math.max(low[cell], least);
        high[cell] = Math.min(high[cell], most);
        return narrower;
    }
}
