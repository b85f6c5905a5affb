package org.vauban.study.overtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Persons made from a seed, followed for a year: some are frail, which makes both the exposure and the event likelier; a medicine begins on
 * some day and lasts; the event has a known hazard, higher by known ratios while exposed.
 */
public final class MadePersons {
    static final int DAYS = 365;

    private final List<History> histories = new ArrayList<>();
    private final List<Double> frail = new ArrayList<>();

    private MadePersons() {}

    /** What became of each. */
    public List<History> histories() {
        return List.copyOf(histories);
    }

    /** Who is frail: 1 or 0. */
    public double[] frailty() {
        return frail.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Makes persons.
     *
     * @param ratio of the hazard on exposed days
     * @param perHundredDays by which the hazard is multiplied for each hundred days exposed so far
     * @param beginning the daily chance to begin
     */
    public static MadePersons of(long seed, int number, double ratio, double perHundredDays, double beginning) {
        var random = new Random(seed);
        var made = new MadePersons();
        for (int person = 0; person < number; person++) {
            boolean frail = random.nextBoolean();
            int begins = Integer.MAX_VALUE;
            int lasts = 30 + random.nextInt(200);
            int days = 0;
            boolean event = false;
            int exposedSoFar = 0;
            while (days < DAYS && !event) {
                if (begins == Integer.MAX_VALUE && random.nextDouble() < beginning * (frail ? 2 : 0.7)) {
                    begins = days;
                }
                boolean exposed = begins <= days && days < begins + lasts;
                exposedSoFar += exposed ? 1 : 0;
                double hazard = 0.001
                        * (frail ? 2.5 : 1)
                        * (exposed ? ratio : 1)
                        * Math.pow(perHundredDays, exposedSoFar / 100.0);
                event = random.nextDouble() < hazard;
                days++;
            }
            made.frail.add(frail ? 1.0 : 0.0);
            made.histories.add(new History(
                    days, event, begins < days ? List.of(new History.Course(begins, begins + lasts - 1)) : List.of()));
        }
        return made;
    }
}
