package org.vauban.study;

import java.util.List;
import java.util.stream.IntStream;
import org.vauban.study.propensity.Adjustment;

/**
 * Persons who are compared, each with what is followed of them.
 *
 * @param persons who
 * @param followed what became of each
 * @param target who is of the target
 * @param weights what each counts where arms are compared as wholes
 * @param sets matched sets or strata; -1 for none
 * @param adjustment what made them comparable
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over inside this package, never changed.
record Compared(
        List<Exposed> persons,
        List<Exposed.Followed> followed,
        boolean[] target,
        double[] weights,
        int[] sets,
        Adjustment adjustment) {

    /** The persons at some places. */
    static Compared of(
            List<Exposed> persons, boolean[] target, Adjustment.Adjusted adjusted, Adjustment adjustment, int[] kept) {
        List<Exposed> some = IntStream.of(kept).mapToObj(persons::get).toList();
        return new Compared(
                some,
                some.stream().map(Exposed::outcome).toList(),
                targets(target, kept),
                IntStream.of(kept).mapToDouble(row -> adjusted.weights()[row]).toArray(),
                IntStream.of(kept).map(row -> adjusted.sets()[row]).toArray(),
                adjustment);
    }

    /** The same persons followed for something else, without those who had that before. */
    Compared followedFor(int also, boolean removeBefore) {
        int[] kept = IntStream.range(0, persons.size())
                .filter(row -> !removeBefore || !persons.get(row).also()[also].before())
                .toArray();
        return new Compared(
                IntStream.of(kept).mapToObj(persons::get).toList(),
                IntStream.of(kept)
                        .mapToObj(row -> persons.get(row).also()[also])
                        .toList(),
                targets(target, kept),
                IntStream.of(kept).mapToDouble(row -> weights[row]).toArray(),
                IntStream.of(kept).map(row -> sets[row]).toArray(),
                adjustment);
    }

    private static boolean[] targets(boolean[] target, int[] kept) {
        boolean[] some = new boolean[kept.length];
        for (int place = 0; place < kept.length; place++) {
            some[place] = target[kept[place]];
        }
        return some;
    }

    int size() {
        return persons.size();
    }

    double[] days() {
        return followed.stream().mapToDouble(Exposed.Followed::days).toArray();
    }

    boolean[] events() {
        boolean[] events = new boolean[size()];
        for (int row = 0; row < events.length; row++) {
            events[row] = followed.get(row).event();
        }
        return events;
    }

    double[] targetAsNumber() {
        return IntStream.range(0, size())
                .mapToDouble(row -> target[row] ? 1 : 0)
                .toArray();
    }

    /** The places of one arm. */
    int[] arm(boolean ofTarget) {
        return IntStream.range(0, size()).filter(row -> target[row] == ofTarget).toArray();
    }

    /** One arm's persons whose follow-up did or did not end with the event, or all of them. */
    int[] arm(boolean ofTarget, boolean event) {
        return IntStream.of(arm(ofTarget))
                .filter(row -> followed.get(row).event() == event)
                .toArray();
    }

    boolean isWeighted() {
        return !(adjustment instanceof Adjustment.Unadjusted);
    }

    @Override
    public String toString() {
        return "Compared";
    }
}
