package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vauban.output.FrequencyTable;
import org.vauban.output.Occurrences;
import org.vauban.output.PersonSet;

/**
 * Reviews rates and shares. Each interval is a table of persons by age, sex and outcome; with and without add up to the persons at
 * risk, and strata to their totals. It is protected as every table of counts is, and then a row shows
 *
 * <ul>
 *   <li>its persons and years at risk where the number of persons is shown;
 *   <li>its cases, rate and limits where the number of cases and that of persons are shown. A rate tells its numerator to whoever knows the
 *       years, so it is never shown without it.
 * </ul>
 *
 * <p>Events may be more than cases. What moves cases between hidden rows moves as many events, so an alternative table that fits the cases
 * fits the events as well, and hidden events stay as uncertain as hidden cases.
 *
 * <p>An interval is withheld whole when it hides a number of cases and in one stratum has the same persons as a neighbouring interval but
 * for a few: those few are who had the event or left.
 */
final class OccurrencesReview {
    private static final List<String> DIMENSIONS = List.of("age", "sex", "outcome");
    private static final int FIGURES_PER_ROW = 2;
    private static final String WITH = "with";
    private static final String WITHOUT = "without";
    private static final double DAYS_PER_YEAR = 365.25;

    private final Occurrences occurrences;
    private final DisclosureRules rules;
    private final List<Interval> intervals = new ArrayList<>();

    private OccurrencesReview(Occurrences occurrences, DisclosureRules rules) {
        this.occurrences = occurrences;
        this.rules = rules;
    }

    static Verdict review(Occurrences occurrences, DisclosureRules rules) {
        return new OccurrencesReview(occurrences, rules).verdict();
    }

    /** One interval's rows with what may be shown of them. */
    private static final class Interval {
        private final List<Occurrences.Row> rows;
        private final List<OptionalLong> persons;
        private final List<OptionalLong> cases;

        private Interval(List<Occurrences.Row> rows) {
            this.rows = rows;
            this.persons = new ArrayList<>();
            this.cases = new ArrayList<>();
            hideAll();
        }

        private void hideAll() {
            persons.clear();
            cases.clear();
            for (int row = 0; row < rows.size(); row++) {
                persons.add(OptionalLong.empty());
                cases.add(OptionalLong.empty());
            }
        }

        private boolean hidesCases() {
            return cases.stream().anyMatch(OptionalLong::isEmpty);
        }

        private boolean showsSomething() {
            return persons.stream().anyMatch(OptionalLong::isPresent);
        }
    }

    private Verdict verdict() {
        List<Reason> reasons = new ArrayList<>();
        Map<String, List<Occurrences.Row>> byInterval = new LinkedHashMap<>();
        occurrences.rows().stream()
                .sorted(Comparator.comparing(Occurrences.Row::interval)
                        .thenComparing(row -> CountTable.isTotal(row.age()))
                        .thenComparing(Occurrences.Row::age)
                        .thenComparing(row -> CountTable.isTotal(row.sex()))
                        .thenComparing(Occurrences.Row::sex))
                .forEach(row -> byInterval
                        .computeIfAbsent(row.interval(), _ -> new ArrayList<>())
                        .add(row));
        byInterval.values().forEach(rows -> {
            var interval = new Interval(List.copyOf(rows));
            protect(interval)
                    .ifPresent(code ->
                            reasons.add(Reason.of(code, interval.rows.getFirst().interval())));
            intervals.add(interval);
        });
        hideAlmostTheSame();
        // A mistake in the making of the table is said; too few persons in one interval only hide that interval.
        List<Reason> grave = reasons.stream()
                .filter(reason -> reason.code() != Reason.Code.NOTHING_LEFT)
                .toList();
        if (!grave.isEmpty()) {
            return new WithheldOutput(occurrences.name(), grave);
        }
        if (intervals.stream().noneMatch(Interval::showsSomething)) {
            return new WithheldOutput(occurrences.name(), List.of(Reason.of(Reason.Code.NOTHING_LEFT)));
        }
        return cleared();
    }

    /** Decides cell by cell; the code of what stands against showing anything of the interval. */
    private Optional<Reason.Code> protect(Interval interval) {
        List<List<String>> levels = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        for (Occurrences.Row row : interval.rows) {
            long persons = row.persons().size();
            long cases = row.cases().size();
            add(levels, counts, row, FrequencyTable.TOTAL, persons);
            add(levels, counts, row, WITH, cases);
            add(levels, counts, row, WITHOUT, persons - cases);
        }
        var table = new CountTable(
                DIMENSIONS.size(),
                levels,
                counts.stream().mapToLong(Long::longValue).toArray(),
                new boolean[levels.size()]);
        return switch (new TableCheck(table, DIMENSIONS, rules, _ -> true).result()) {
            case TableCheck.Refused(var _, var code, var _, var _) -> Optional.of(code);
            case TableCheck.Protectable(var _, var shown, var _) -> {
                for (int row = 0; row < interval.rows.size(); row++) {
                    OptionalLong persons = shown.get(3 * row);
                    interval.persons.set(row, persons);
                    interval.cases.set(row, persons.isPresent() ? shown.get(3 * row + 1) : OptionalLong.empty());
                }
                yield Optional.empty();
            }
        };
    }

    private static void add(
            List<List<String>> levels, List<Long> counts, Occurrences.Row row, String outcome, long count) {
        levels.add(List.of(row.age(), row.sex(), outcome));
        counts.add(count);
    }

    private void hideAlmostTheSame() {
        List<Interval> tooAlike = new ArrayList<>();
        for (int place = 0; place < intervals.size(); place++) {
            for (int neighbour : new int[] {place - 1, place + 1}) {
                if (neighbour >= 0
                        && neighbour < intervals.size()
                        && intervals.get(place).hidesCases()
                        && areAlmostTheSame(intervals.get(place), intervals.get(neighbour))) {
                    tooAlike.add(intervals.get(place));
                }
            }
        }
        tooAlike.forEach(Interval::hideAll);
    }

    private boolean areAlmostTheSame(Interval one, Interval other) {
        Map<List<String>, PersonSet> others = new HashMap<>();
        for (int row = 0; row < other.rows.size(); row++) {
            if (other.persons.get(row).isPresent()) {
                others.put(stratum(other.rows.get(row)), other.rows.get(row).persons());
            }
        }
        for (int row = 0; row < one.rows.size(); row++) {
            PersonSet neighbours = others.get(stratum(one.rows.get(row)));
            if (neighbours != null
                    && one.persons.get(row).isPresent()
                    && differALittle(one.rows.get(row).persons(), neighbours)) {
                return true;
            }
        }
        return false;
    }

    /** One holds all persons of the other and a few more. */
    private boolean differALittle(PersonSet one, PersonSet other) {
        if (!rules.isSmall(Math.abs(one.size() - other.size()))) {
            return false;
        }
        PersonSet larger = one.size() > other.size() ? one : other;
        PersonSet smaller = one.size() > other.size() ? other : one;
        return smaller.minus(larger).size() == 0;
    }

    private static List<String> stratum(Occurrences.Row row) {
        return List.of(row.age(), row.sex());
    }

    private Cleared cleared() {
        List<ShownOccurrences.Row> shown = new ArrayList<>();
        List<Cleared.Behind> behind = new ArrayList<>();
        int suppressed = 0;
        int rounded = 0;
        for (Interval interval : intervals) {
            for (int place = 0; place < interval.rows.size(); place++) {
                Occurrences.Row row = interval.rows.get(place);
                OptionalLong persons = interval.persons.get(place);
                OptionalLong cases = interval.cases.get(place);
                shown.add(shown(row, persons, cases));
                String where = row.interval() + " / " + row.age() + " / " + row.sex();
                if (persons.isPresent()) {
                    behind.add(new Cleared.Behind(where, row.persons()));
                }
                if (cases.isPresent()) {
                    behind.add(new Cleared.Behind(where + ", " + WITH, row.cases()));
                }
                int visible = (persons.isPresent() ? 1 : 0) + (cases.isPresent() ? 1 : 0);
                suppressed += FIGURES_PER_ROW - visible;
                rounded += rules.rounding() == Rounding.NONE ? 0 : visible;
            }
        }
        return new ClearedOutput(
                new ShownOccurrences(occurrences.name(), occurrences.measure(), occurrences.outcome(), shown),
                behind,
                new Cleared.Tally(FIGURES_PER_ROW * shown.size(), suppressed, rounded));
    }

    private ShownOccurrences.Row shown(Occurrences.Row row, OptionalLong persons, OptionalLong cases) {
        boolean hasTime = occurrences.measure() == Occurrences.Measure.INCIDENCE_RATE;
        return new ShownOccurrences.Row(
                row.interval(),
                row.age(),
                row.sex(),
                persons,
                persons.isPresent() && hasTime
                        ? Optional.of(Digits.four(row.days() / DAYS_PER_YEAR))
                        : Optional.empty(),
                cases,
                cases.isPresent()
                        ? row.estimate()
                                .map(estimate -> new Occurrences.Estimate(
                                        Digits.four(estimate.value()),
                                        Digits.four(estimate.low()),
                                        Digits.four(estimate.high())))
                        : Optional.empty());
    }
}
