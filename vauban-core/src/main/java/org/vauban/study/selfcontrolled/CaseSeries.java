package org.vauban.study.selfcontrolled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.vauban.study.survival.CoxResult;

/**
 * Cuts observed time into stretches of one exposure, age and season, and fits the {@linkplain ConditionalPoisson conditional Poisson
 * model}: given that a person had so many events, on which days were they? (Farrington 1995; Whitaker and others 2006.)
 */
public final class CaseSeries {
    private final int[] ageCuts;
    private final IntUnaryOperator season;

    private CaseSeries(int[] ageCuts, IntUnaryOperator season) {
        this.ageCuts = ageCuts;
        this.season = season;
    }

    /**
     * A model of age groups.
     *
     * @param ageCuts last days of all age groups but the oldest, ascending; none for no age effect
     */
    public static CaseSeries withAge(int... ageCuts) {
        for (int cut = 1; cut < ageCuts.length; cut++) {
            if (ageCuts[cut] <= ageCuts[cut - 1]) {
                throw new IllegalArgumentException("The ends of age groups ascend");
            }
        }
        return new CaseSeries(ageCuts.clone(), _ -> 0);
    }

    /**
     * The same with groups of calendar time. Where days are days of age a season begins on another day for each person: then each
     * series is cut by {@link #stretches(Series, IntUnaryOperator)}, and all are fitted by {@link #fitStretches}.
     *
     * @param seasonOfDay the group of a day; 0 is compared with
     */
    public CaseSeries withSeason(IntUnaryOperator seasonOfDay) {
        return new CaseSeries(ageCuts, seasonOfDay);
    }

    /**
     * Days of one risk, both ends included.
     *
     * @param level from 1; levels are estimated apart
     */
    public record Window(int first, int last, int level) {
        public Window {
            if (level < 1) {
                throw new IllegalArgumentException("A risk window has a level from 1 on");
            }
        }
    }

    /**
     * The observation of one person and the days of the events in it.
     *
     * @param start first day observed
     * @param end last day observed
     * @param events days of events; those outside the observation do not count
     * @param windows where they overlap, the later in the list holds
     */
    public record Series(int start, int end, List<Integer> events, List<Window> windows) {
        public Series {
            if (end < start) {
                throw new IllegalArgumentException("An observation ends after it starts");
            }
            events = List.copyOf(events);
            windows = List.copyOf(windows);
        }
    }

    /**
     * Days of one series that are alike.
     *
     * @param exposure the level; 0 is outside all windows
     * @param age the group from 0
     * @param season the group from 0
     */
    public record Stretch(int start, int end, int events, int exposure, int age, int season) {
        public int days() {
            return end - start + 1;
        }

        private boolean isLike(Stretch other) {
            return exposure == other.exposure && age == other.age && season == other.season;
        }

        private Stretch upTo(Stretch next) {
            return new Stretch(start, next.end, events + next.events, exposure, age, season);
        }
    }

    /** Cuts one series. */
    public List<Stretch> stretches(Series series) {
        return stretches(series, season);
    }

    /** Cuts one series with its own seasons. */
    public List<Stretch> stretches(Series series, IntUnaryOperator seasonOfDay) {
        var starts = new TreeSet<Integer>();
        starts.add(series.start());
        for (int cut : ageCuts) {
            starts.add(cut + 1);
        }
        for (Window window : series.windows()) {
            starts.add(window.first());
            starts.add(window.last() + 1);
        }
        for (int day = series.start() + 1; day <= series.end(); day++) {
            if (seasonOfDay.applyAsInt(day) != seasonOfDay.applyAsInt(day - 1)) {
                starts.add(day);
            }
        }
        List<Stretch> stretches = new ArrayList<>();
        for (int start : starts.subSet(series.start(), true, series.end(), true)) {
            Integer next = starts.higher(start);
            int end = next == null ? series.end() : Math.min(series.end(), next - 1);
            int events = (int) series.events().stream()
                    .filter(day -> day >= start && day <= end)
                    .count();
            var stretch =
                    new Stretch(start, end, events, exposure(series, start), age(start), seasonOfDay.applyAsInt(start));
            if (!stretches.isEmpty() && stretches.getLast().isLike(stretch)) {
                stretches.add(stretches.removeLast().upTo(stretch));
            } else {
                stretches.add(stretch);
            }
        }
        return List.copyOf(stretches);
    }

    private static int exposure(Series series, int day) {
        int level = 0;
        for (Window window : series.windows()) {
            level = day >= window.first() && day <= window.last() ? window.level() : level;
        }
        return level;
    }

    private int age(int day) {
        return (int) Arrays.stream(ageCuts).filter(cut -> day > cut).count();
    }

    /**
     * A fit.
     *
     * @param names "exposure 1", "age 1", "season 1" and so on, each against its group 0
     * @param model coefficients are logarithms of incidence rate ratios
     * @param events that counted
     */
    public record Fit(List<String> names, CoxResult model, int events) {}

    /** Fits all series of this model. */
    public Fit fit(List<Series> series) {
        return fitStretches(series.stream().map(this::stretches).toList());
    }

    /** Fits series that are cut already. Groups that nobody is in have no term; a series without an event says nothing. */
    public static Fit fitStretches(List<List<Stretch>> series) {
        List<Stretch> stretches = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        int events = 0;
        for (int each = 0; each < series.size(); each++) {
            if (series.get(each).stream().anyMatch(stretch -> stretch.events() > 0)) {
                for (Stretch stretch : series.get(each)) {
                    stretches.add(stretch);
                    owners.add(each);
                    events += stretch.events();
                }
            }
        }
        List<String> names = new ArrayList<>();
        List<ToDoubleFunction<Stretch>> terms = new ArrayList<>();
        indicators(names, terms, stretches, "exposure ", Stretch::exposure);
        indicators(names, terms, stretches, "age ", Stretch::age);
        indicators(names, terms, stretches, "season ", Stretch::season);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("A case series compares at least two kinds of days");
        }
        List<ConditionalPoisson.Row> rows = new ArrayList<>();
        for (int place = 0; place < stretches.size(); place++) {
            Stretch stretch = stretches.get(place);
            rows.add(new ConditionalPoisson.Row(
                    owners.get(place),
                    stretch.days(),
                    stretch.events(),
                    terms.stream()
                            .mapToDouble(term -> term.applyAsDouble(stretch))
                            .toArray()));
        }
        return new Fit(List.copyOf(names), ConditionalPoisson.fit(names, rows), events);
    }

    private static void indicators(
            List<String> names,
            List<ToDoubleFunction<Stretch>> terms,
            List<Stretch> stretches,
            String name,
            ToIntFunction<Stretch> group) {
        stretches.stream()
                .mapToInt(group)
                .distinct()
                .sorted()
                .filter(each -> each != 0)
                .forEach(each -> {
                    names.add(name + each);
                    terms.add(stretch -> group.applyAsInt(stretch) == each ? 1 : 0);
                });
    }
}
