package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.vauban.output.PersonSet;
import org.vauban.output.SurvivalCurves;

/**
 * Reviews survival curves. Times are put into bins, and bins are merged until events and censored in each are nobody or enough
 * people; so the number at risk is as well at every boundary. What is too few at the end joins the bin before it, since
 * the events' total is known from elsewhere. The curve is recomputed from the counts that are shown.
 */
final class CurvesReview {
    private static final int YEAR = 365;
    private static final double NORMAL_95 = 1.959963984540054;

    private CurvesReview() {}

    static Verdict review(SurvivalCurves curves, DisclosureRules rules) {
        List<Reason> reasons = new ArrayList<>();
        List<Binned> arms = new ArrayList<>();
        for (SurvivalCurves.Arm arm : curves.arms()) {
            PersonSet all = PersonSet.of(arm.persons());
            if (all.size() != arm.size()) {
                reasons.add(Reason.of(Reason.Code.PERSON_TWICE, arm.label()));
            } else if (!rules.isLargeEnough(all.size())) {
                reasons.add(Reason.of(Reason.Code.GROUP_TOO_SMALL, arm.label()));
            } else {
                List<Bin> bins = merge(bins(arm, rules), rules);
                if (bins.isEmpty()) {
                    reasons.add(Reason.of(Reason.Code.OUTCOME_TOO_RARE, arm.label()));
                } else {
                    arms.add(new Binned(arm.label(), all, bins, weights(arm)));
                }
            }
        }
        arms.sort(Comparator.comparing(Binned::label));
        List<Cleared.Behind> persons =
                arms.stream().flatMap(arm -> arm.behind().stream()).toList();
        SmallDifferences.find(persons, rules)
                .ifPresent(place -> reasons.add(Reason.of(Reason.Code.ALMOST_THE_SAME_PERSONS, place)));
        if (!reasons.isEmpty()) {
            return new WithheldOutput(curves.name(), reasons);
        }
        int kept = arms.stream().mapToInt(arm -> 3 * arm.bins().size()).sum();
        int figures = curves.arms().stream()
                .mapToInt(arm -> 3
                        * (int) bins(arm, rules).stream()
                                .filter(bin -> bin.persons() > 0)
                                .count())
                .sum();
        return new ClearedOutput(
                new ShownCurves(
                        curves.name(),
                        curves.timeUnit(),
                        curves.areWeighted(),
                        arms.stream()
                                .map(arm -> shown(arm, curves.interval(), rules))
                                .toList()),
                persons,
                new Cleared.Tally(
                        Math.max(figures, kept),
                        Math.max(0, figures - kept),
                        rules.rounding() == Rounding.NONE ? 0 : kept));
    }

    private record Bin(int firstDay, int lastDay, PersonSet events, PersonSet censored) {
        Bin and(Bin next) {
            return new Bin(firstDay, next.lastDay, events.or(next.events), censored.or(next.censored));
        }

        int persons() {
            return events.size() + censored.size();
        }

        boolean isSafe(DisclosureRules rules) {
            return !rules.isSmall(events.size()) && !rules.isSmall(censored.size());
        }
    }

    /** The weights by person, empty when each counts one. */
    private static Map<Long, Double> weights(SurvivalCurves.Arm arm) {
        Map<Long, Double> weights = new HashMap<>();
        long[] persons = arm.persons();
        double[] each = arm.weights();
        for (int index = 0; index < each.length; index++) {
            weights.put(persons[index], each[index]);
        }
        return weights;
    }

    private record Binned(String label, PersonSet all, List<Bin> bins, Map<Long, Double> weights) {
        PersonSet events() {
            return bins.stream().map(Bin::events).reduce(PersonSet.empty(), PersonSet::or);
        }

        List<Cleared.Behind> behind() {
            List<Cleared.Behind> behind = new ArrayList<>();
            behind.add(new Cleared.Behind(label, all));
            behind.add(new Cleared.Behind(label + ": events", events()));
            PersonSet atRisk = all;
            for (Bin bin : bins) {
                String place = label + ": days " + bin.firstDay() + " to " + bin.lastDay();
                behind.add(new Cleared.Behind(place + ", at risk", atRisk));
                behind.add(new Cleared.Behind(place + ", events", bin.events()));
                behind.add(new Cleared.Behind(place + ", censored", bin.censored()));
                atRisk = atRisk.minus(bin.events()).minus(bin.censored());
            }
            behind.removeIf(figure -> figure.persons().size() == 0);
            return behind;
        }
    }

    /** The narrowest bins the rules allow, up to the last day of anybody. */
    private static List<Bin> bins(SurvivalCurves.Arm arm, DisclosureRules rules) {
        long[] persons = arm.persons();
        int[] days = arm.days();
        boolean[] events = arm.events();
        int lastDay = IntStream.of(days).max().orElse(0);
        List<Bin> bins = new ArrayList<>();
        int firstDay = 1;
        while (firstDay <= lastDay) {
            int width = firstDay + rules.binDays() - 1 <= YEAR ? rules.binDays() : rules.binDaysAfterFirstYear();
            int from = firstDay;
            int to = firstDay + width - 1;
            bins.add(new Bin(
                    from,
                    to,
                    leaving(persons, days, events, from, to, true),
                    leaving(persons, days, events, from, to, false)));
            firstDay = to + 1;
        }
        return bins;
    }

    private static PersonSet leaving(long[] persons, int[] days, boolean[] events, int from, int to, boolean byEvent) {
        return PersonSet.of(IntStream.range(0, persons.length)
                .filter(index -> days[index] >= from && days[index] <= to && events[index] == byEvent)
                .mapToLong(index -> persons[index])
                .toArray());
    }

    /** Empty when even one bin over all time tells about too few. */
    private static List<Bin> merge(List<Bin> bins, DisclosureRules rules) {
        List<Bin> merged = new ArrayList<>();
        for (Bin bin : bins) {
            if (!merged.isEmpty() && !merged.getLast().isSafe(rules)) {
                merged.add(merged.removeLast().and(bin));
            } else {
                merged.add(bin);
            }
        }
        while (!merged.isEmpty() && !merged.getLast().isSafe(rules)) {
            Bin rest = merged.removeLast();
            if (merged.isEmpty()) {
                return List.of();
            }
            merged.add(merged.removeLast().and(rest));
        }
        return List.copyOf(merged);
    }

    private static ShownCurves.Arm shown(Binned arm, SurvivalCurves.Interval interval, DisclosureRules rules) {
        List<ShownCurves.Bin> shown = new ArrayList<>();
        long left = arm.all().size();
        PersonSet remaining = arm.all();
        double survival = 1;
        double greenwood = 0;
        for (Bin bin : arm.bins()) {
            long atRisk = rules.shown(left);
            long events = rules.shown(bin.events().size());
            long censored = rules.shown(bin.censored().size());
            Exposure exposure = arm.weights().isEmpty()
                    ? Exposure.ofCounts(atRisk, events, censored)
                    : Exposure.ofWeights(arm, remaining, bin);
            survival *= 1 - exposure.hazard();
            greenwood += exposure.varianceOfLog();
            double[] limits = limits(survival, Math.sqrt(greenwood), interval);
            shown.add(new ShownCurves.Bin(
                    bin.firstDay(),
                    bin.lastDay(),
                    atRisk,
                    events,
                    censored,
                    Digits.four(survival),
                    Digits.four(limits[0]),
                    Digits.four(limits[1])));
            left -= bin.persons();
            remaining = remaining.minus(bin.events()).minus(bin.censored());
        }
        return new ShownCurves.Arm(
                arm.label(),
                rules.shown(arm.all().size()),
                rules.shown(arm.events().size()),
                shown);
    }

    /**
     * A bin in life-table form: who left without the event was there for half of it.
     *
     * @param hazard share of the exposed who had the event
     * @param exposed number of persons exposed; for weighted persons the number of equal ones with the same precision (Kish)
     */
    private record Exposure(double hazard, double exposed) {
        static Exposure ofCounts(long atRisk, long events, long censored) {
            double exposed = atRisk - censored / 2.0;
            // Each count is rounded by itself, so at the very end events may be written larger than those at risk.
            double largest = Math.max(exposed, (double) events);
            return new Exposure(events == 0 ? 0 : Math.min(1, events / largest), exposed);
        }

        /** Sums of weights over a bin whose counts are safe; which weight is whose cannot be told from them. */
        static Exposure ofWeights(Binned arm, PersonSet atRisk, Bin bin) {
            double all = sum(arm, atRisk);
            double events = sum(arm, bin.events());
            double exposed = all - sum(arm, bin.censored()) / 2;
            double squares = atRisk.stream()
                    .mapToDouble(person -> Math.pow(arm.weights().getOrDefault(person, 0.0), 2))
                    .sum();
            return new Exposure(
                    events == 0 ? 0 : Math.min(1, events / Math.max(exposed, events)), exposed * all / squares);
        }

        private static double sum(Binned arm, PersonSet persons) {
            return persons.stream()
                    .mapToDouble(person -> arm.weights().getOrDefault(person, 0.0))
                    .sum();
        }

        double varianceOfLog() {
            return hazard == 0 || hazard == 1 ? 0 : hazard / ((1 - hazard) * exposed);
        }
    }

    /** Limits around a survival with the standard error of its logarithm (Greenwood); none can be given at 0 and 1. */
    private static double[] limits(double survival, double error, SurvivalCurves.Interval interval) {
        if (survival <= 0 || survival >= 1) {
            return new double[] {survival, survival};
        }
        return switch (interval) {
            case LOG ->
                new double[] {
                    survival * Math.exp(-NORMAL_95 * error), Math.min(1, survival * Math.exp(NORMAL_95 * error))
                };
            case LOG_LOG -> {
                double spread = NORMAL_95 * error / Math.abs(Math.log(survival));
                yield new double[] {Math.pow(survival, Math.exp(spread)), Math.pow(survival, Math.exp(-spread))};
            }
        };
    }
}
