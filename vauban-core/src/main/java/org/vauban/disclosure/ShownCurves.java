package org.vauban.disclosure;

import java.util.List;

/** Survival curves as they may be seen: in time bins, recomputed from the counts shown. */
public final class ShownCurves implements Shown {
    private final String name;
    private final String timeUnit;
    private final List<Arm> arms;
    private final boolean weighted;

    ShownCurves(String name, String timeUnit, boolean weighted, List<Arm> arms) {
        this.name = name;
        this.timeUnit = timeUnit;
        this.weighted = weighted;
        this.arms = List.copyOf(arms);
    }

    @Override
    public String name() {
        return name;
    }

    public String timeUnit() {
        return timeUnit;
    }

    /** Whether persons are weighted so that the arms are alike; the counts are of persons all the same. */
    public boolean areWeighted() {
        return weighted;
    }

    public List<Arm> arms() {
        return arms;
    }

    /**
     * One arm.
     *
     * @param label its name
     * @param persons persons at the start, rounded like every count of the same persons elsewhere
     * @param events persons with the event, likewise
     * @param bins consecutive time bins from day 1 on
     */
    public record Arm(String label, long persons, long events, List<Bin> bins) {
        public Arm {
            bins = List.copyOf(bins);
        }
    }

    /**
     * One time bin.
     *
     * @param firstDay its first day
     * @param lastDay its last day
     * @param atRisk persons at risk when it begins
     * @param events events in it
     * @param censored persons who left without event in it
     * @param survival estimate at its end: product over bins of 1 - events / (atRisk - censored / 2), the life-table form
     *     for grouped times, of weighted sums when persons are weighted; four significant digits
     * @param low lower 95 % limit
     * @param high upper 95 % limit
     */
    public record Bin(
            int firstDay,
            int lastDay,
            long atRisk,
            long events,
            long censored,
            double survival,
            double low,
            double high) {}
}
