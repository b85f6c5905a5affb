package org.vauban.study;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.vauban.output.PersonSet;
import org.vauban.study.selfcontrolled.ConditionalPoisson;
import org.vauban.study.selfcontrolled.TimeTrend;
import org.vauban.study.spline.CyclicCubicSpline;
import org.vauban.study.spline.RestrictedCubicSpline;
import org.vauban.study.survival.CoxFit;
import org.vauban.study.survival.CoxResult;

/**
 * The model of a self-controlled case series: a ratio for each window of each exposure and for the days before exposures, with age and
 * season beside them.
 *
 * <p>A window in which nobody had the outcome has the ratio nought and no standard error. Its days are taken out, as the likelihood's
 * maximum would, so that all else is estimated.
 */
final class SeriesModel {
    private static final double DAYS_PER_YEAR = 365.25;
    private static final double MONTHS = 12;
    private static final double HALF = 0.5;

    private final Design.SelfControlledCaseSeries design;
    private final List<ObservedCase> cases;
    private final List<Cell> cells = new ArrayList<>();
    private final List<Term> terms = new ArrayList<>();
    private final List<Cell> kept = new ArrayList<>();
    private final List<ConditionalPoisson.Row> rows = new ArrayList<>();
    private final CoxResult result;

    /**
     * Days of one case that are alike.
     *
     * @param series the case's place
     * @param nearEnd whether they are the last days of an observation that ended early
     */
    record Cell(int series, SeriesCut.Part part, int events, boolean nearEnd) {}

    /** Something that may change the rate, by the name of its coefficient. */
    private record Term(String name, ToDoubleFunction<Cell> value, Optional<Predicate<Cell>> level) {}

    /** Fits the model; it may take the days near an early end apart. */
    SeriesModel(Design.SelfControlledCaseSeries design, List<ObservedCase> cases, NearEnd nearEnd) {
        this.design = design;
        this.cases = cases;
        cut(nearEnd);
        for (int exposure = 0; exposure < design.exposures().size(); exposure++) {
            level(exposure, SeriesCut.BEFORE, beforeName(exposure));
            List<RiskExposure.Window> windows = design.exposures().get(exposure).windows();
            for (int window = 0; window < windows.size(); window++) {
                level(exposure, window + 1, windows.get(window).name());
            }
        }
        if (nearEnd.days() > 0) {
            level(NEAR_END, Cell::nearEnd);
        }
        age();
        season();
        // What nobody had an event in has no finite coefficient: its days leave, and so does its term.
        Set<String> without = new HashSet<>();
        Set<Cell> taken = new HashSet<>();
        for (Term term : terms) {
            term.level().ifPresent(level -> {
                if (cells.stream().noneMatch(cell -> cell.events() > 0 && level.test(cell))) {
                    without.add(term.name());
                    cells.stream().filter(level).forEach(taken::add);
                }
            });
        }
        terms.removeIf(term -> without.contains(term.name()));
        for (Cell cell : cells) {
            if (!taken.contains(cell)) {
                kept.add(cell);
                rows.add(row(cell));
            }
        }
        result = terms.isEmpty()
                ? new CoxResult.NoEstimate(CoxResult.Reason.NO_EVENTS, List.of())
                : ConditionalPoisson.fit(terms.stream().map(Term::name).toList(), ConditionalPoisson.merged(rows));
    }

    /**
     * The last days of observations that end before all others do.
     *
     * @param days how many; 0 takes none apart
     * @param lastDay the last day on which anybody is observed: who is observed until then did not leave
     */
    record NearEnd(int days, int lastDay) {
        static NearEnd none() {
            return new NearEnd(0, 0);
        }

        int firstDay(Stay observed) {
            return days > 0 && observed.end() < lastDay ? observed.end() - days + 1 : Integer.MAX_VALUE;
        }
    }

    static final String NEAR_END = "near the end";

    static String beforeName(int exposure) {
        return "before " + exposure;
    }

    // Cutting.

    private void cut(NearEnd nearEnd) {
        Optional<CalendarInterval> calendar = calendar();
        for (int series = 0; series < cases.size(); series++) {
            ObservedCase each = cases.get(series);
            int end = nearEnd.firstDay(each.days());
            for (SeriesCut.Part part : SeriesCut.cut(each.days(), design.exposures(), each.courses(), calendar)) {
                if (end > part.days().start() && end <= part.days().end()) {
                    cell(series, new Stay(part.days().start(), end - 1), part, false);
                    cell(series, new Stay(end, part.days().end()), part, true);
                } else {
                    cell(series, part.days(), part, end <= part.days().start());
                }
            }
        }
    }

    private void cell(int series, Stay days, SeriesCut.Part part, boolean nearEnd) {
        int events =
                (int) cases.get(series).events().stream().filter(days::holds).count();
        cells.add(new Cell(series, new SeriesCut.Part(days, part.levels()), events, nearEnd));
    }

    /** Months where something is smooth or goes by months, years where age goes in steps. */
    private Optional<CalendarInterval> calendar() {
        if (!(design.season() instanceof TimeEffect.None) || design.age() instanceof TimeEffect.Spline) {
            return Optional.of(CalendarInterval.MONTHS);
        }
        return design.age() instanceof TimeEffect.Steps ? Optional.of(CalendarInterval.YEARS) : Optional.empty();
    }

    // Terms.

    private void level(int exposure, int level, String name) {
        level(name, cell -> cell.part().levels().get(exposure) == level);
    }

    /** One group against all others; where nobody is, there is no term. */
    private void level(String name, Predicate<Cell> level) {
        if (cells.stream().anyMatch(level)) {
            terms.add(new Term(name, cell -> level.test(cell) ? 1 : 0, Optional.of(level)));
        }
    }

    private void age() {
        switch (design.age()) {
            case TimeEffect.None _ -> {}
            case TimeEffect.Steps(int width) ->
                steps(
                        "age ",
                        cell -> Math.floorDiv(
                                CalendarInterval.YEARS.of(cell.part().days().start())
                                        - cases.get(cell.series()).born(),
                                width));
            case TimeEffect.Spline(int knots) -> {
                double[] ages = cells.stream()
                        .flatMapToDouble(
                                cell -> IntStream.range(0, cell.events()).mapToDouble(_ -> ageInYears(cell)))
                        .toArray();
                RestrictedCubicSpline spline = RestrictedCubicSpline.among(ages, knots);
                smooth("age ", spline.columns(), cell -> spline.of(ageInYears(cell)));
            }
        }
    }

    /** In the middle of the days, as if everybody were born in the middle of a year. */
    private double ageInYears(Cell cell) {
        double middle = (cell.part().days().start() + cell.part().days().end()) / 2.0;
        int born = cases.get(cell.series()).born();
        return (middle - LocalDate.of(born, 7, 1).toEpochDay()) / DAYS_PER_YEAR;
    }

    private void season() {
        switch (design.season()) {
            case TimeEffect.None _ -> {}
            case TimeEffect.Steps(int width) -> steps("season ", cell -> Math.floorDiv(month(cell), width));
            case TimeEffect.Spline(int knots) -> {
                CyclicCubicSpline spline = CyclicCubicSpline.around(MONTHS, knots);
                smooth("season ", spline.columns(), cell -> spline.of(month(cell) + HALF));
            }
        }
    }

    /** From 0 for January. */
    private static int month(Cell cell) {
        return LocalDate.ofEpochDay(cell.part().days().start()).getMonthValue() - 1;
    }

    /** All groups against the one with most events. */
    private void steps(String name, ToIntFunction<Cell> group) {
        var events = new TreeMap<Integer, Integer>();
        cells.forEach(cell -> events.merge(group.applyAsInt(cell), cell.events(), Integer::sum));
        int most = events.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
        for (int each : events.keySet()) {
            if (each != most) {
                level(name + each, cell -> group.applyAsInt(cell) == each);
            }
        }
    }

    private void smooth(String name, int columns, Function<Cell, double[]> spline) {
        for (int column = 0; column < columns; column++) {
            int place = column;
            terms.add(new Term(name + column, cell -> spline.apply(cell)[place], Optional.empty()));
        }
    }

    private ConditionalPoisson.Row row(Cell cell) {
        return new ConditionalPoisson.Row(
                cell.series(),
                cell.part().length(),
                cell.events(),
                terms.stream()
                        .mapToDouble(term -> term.value().applyAsDouble(cell))
                        .toArray());
    }

    // Answers.

    CoxResult result() {
        return result;
    }

    /** Where a term stands in the fit; nothing when its ratio is nought or nobody has such days. */
    Optional<Integer> place(String name) {
        for (int place = 0; place < terms.size(); place++) {
            if (terms.get(place).name().equals(name)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    int parameters() {
        return terms.size();
    }

    /** Days, events and persons where something holds. */
    Counted counted(Predicate<Cell> where) {
        long days = 0;
        var persons = new PersonList();
        var having = new PersonList();
        for (Cell cell : cells) {
            if (where.test(cell)) {
                long person = cases.get(cell.series()).person();
                days += cell.part().length();
                persons.add(person);
                if (cell.events() > 0) {
                    having.add(person);
                }
            }
        }
        return new Counted(days, persons.set(), having.set());
    }

    /** Days of observation, whose they are, and who of them had the outcome on one. */
    record Counted(long days, PersonSet persons, PersonSet having) {
        @Override
        public String toString() {
            return "Counted";
        }
    }

    /** All groups that the model tells apart, each as it is counted. */
    List<Counted> levels() {
        return terms.stream()
                .flatMap(term -> term.level().stream())
                .map(this::counted)
                .toList();
    }

    /** The events that would be expected where nobody had one, if these days were like others. */
    double expectedWhere(CoxFit fit, Predicate<Cell> where) {
        double sum = 0;
        List<ConditionalPoisson.Row> all = cells.stream().map(this::row).toList();
        double[] expected = ConditionalPoisson.expected(fit, all);
        for (int place = 0; place < expected.length; place++) {
            sum += where.test(cells.get(place)) ? expected[place] : 0;
        }
        return sum;
    }

    /** Observed and expected events by month. */
    List<TimeTrend.Interval> trend(CoxFit fit) {
        Map<Integer, double[]> months = new HashMap<>();
        double[] expected = ConditionalPoisson.expected(fit, rows);
        for (int place = 0; place < expected.length; place++) {
            Stay days = kept.get(place).part().days();
            double daily = expected[place] / kept.get(place).part().length();
            int first = CalendarInterval.MONTHS.of(days.start());
            for (int month = first; CalendarInterval.MONTHS.first(month) <= days.end(); month++) {
                int from = Math.max(days.start(), CalendarInterval.MONTHS.first(month));
                int to = Math.min(days.end(), CalendarInterval.MONTHS.last(month));
                months.computeIfAbsent(month, _ -> new double[2])[1] += daily * (to - from + 1);
            }
        }
        for (ObservedCase each : cases) {
            for (int day : each.events()) {
                months.computeIfAbsent(CalendarInterval.MONTHS.of(day), _ -> new double[2])[0]++;
            }
        }
        return months.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(month -> new TimeTrend.Interval(month.getKey(), month.getValue()[0], month.getValue()[1]))
                .toList();
    }
}
