package org.vauban.study;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vauban.omop.CdmTable;
import org.vauban.study.propensity.CovariateColumn;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Trajectories;
import org.vauban.vocabulary.Concept;
import org.vauban.vocabulary.Vocabulary;

/**
 * What was recorded of persons before their exposure, for scores that take everything. While buckets are read each kind of record gets
 * a number, so that a person costs a few integers; afterwards the numbers become columns, in an order that the data's order does not
 * touch.
 */
final class RecordedBefore {
    private static final int AGE_GROUP_YEARS = 5;
    private static final int LABEL_MAX = 110;
    private static final Pattern NOT_IN_LABELS = Pattern.compile("[^\\p{L}\\p{N} .,:;()/%+<>=≤≥'’_-]+");
    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    /** Beside the windows: what a person is and when the exposure began. */
    private enum Demographic {
        SEX,
        AGE,
        YEAR,
        MONTH
    }

    /**
     * A kind of record.
     *
     * @param place the window, or behind the windows the demographic
     * @param value the concept, or the demographic's value
     */
    private record Kind(int place, int value) implements Comparable<Kind> {
        @Override
        public int compareTo(Kind other) {
            return place == other.place ? Integer.compare(value, other.value) : Integer.compare(place, other.place);
        }
    }

    private final List<PropensityModel.Window> windows;
    private final boolean demographics;
    private final Vocabulary vocabulary;
    private final Map<Kind, Integer> numbers = new HashMap<>();
    private final List<Kind> kinds = new ArrayList<>();

    RecordedBefore(ComparisonDesign comparison, Vocabulary vocabulary) {
        this.windows = comparison.windows();
        this.demographics = comparison.scores().stream()
                .anyMatch(score -> score instanceof PropensityModel.LargeScale large && large.demographics());
        this.vocabulary = vocabulary;
    }

    /** The numbers of what one person had at a day, each once. */
    int[] of(Trajectories trajectories, int person, int day) {
        if (windows.isEmpty() && !demographics) {
            return new int[0];
        }
        Set<Integer> had = new TreeSet<>();
        for (int place = 0; place < windows.size(); place++) {
            addRecords(trajectories.events(windows.get(place).domain()), person, day, place, had);
        }
        if (demographics) {
            addDemographics(trajectories, person, day, had);
        }
        return had.stream().mapToInt(Integer::intValue).toArray();
    }

    private void addRecords(Events events, int person, int day, int place, Set<Integer> had) {
        PropensityModel.Window window = windows.get(place);
        int[] starts = events.startDays();
        int[] concepts = events.concepts();
        boolean ends = window.domain().endColumn().isPresent();
        for (int row = events.from(person); row < events.to(person) && starts[row] <= day + window.toDay(); row++) {
            int end = ends && !Absent.is(events.endDays()[row]) ? events.endDays()[row] : starts[row];
            // Concept 0 is what has no concept: it says nothing that could be adjusted for.
            if (end >= day + window.fromDay() && !Absent.is(concepts[row]) && concepts[row] != 0) {
                had.add(number(new Kind(place, concepts[row])));
            }
        }
    }

    private void addDemographics(Trajectories trajectories, int person, int day, Set<Integer> had) {
        LocalDate start = LocalDate.ofEpochDay(day);
        int sex = trajectories.persons().ints(CdmTable.PERSON.column("gender_concept_id"))[person];
        if (!Absent.is(sex)) {
            had.add(number(kind(Demographic.SEX, sex)));
        }
        int born = trajectories.persons().ints(CdmTable.PERSON.column("year_of_birth"))[person];
        if (!Absent.is(born)) {
            had.add(number(kind(Demographic.AGE, Math.floorDiv(start.getYear() - born, AGE_GROUP_YEARS))));
        }
        had.add(number(kind(Demographic.YEAR, start.getYear())));
        had.add(number(kind(Demographic.MONTH, start.getMonthValue())));
    }

    private Kind kind(Demographic demographic, int value) {
        return new Kind(windows.size() + demographic.ordinal(), value);
    }

    private int number(Kind kind) {
        return numbers.computeIfAbsent(kind, each -> {
            kinds.add(each);
            return kinds.size() - 1;
        });
    }

    /** The columns of a score: one for each kind of record that enough persons have and somebody has not. */
    List<CovariateColumn> columns(PropensityModel.LargeScale score, List<Exposed> everybody) {
        List<List<Kind>> standsFor = standsFor(score);
        List<Kind> ordered =
                standsFor.stream().flatMap(List::stream).distinct().sorted().toList();
        Map<Kind, Integer> places = new HashMap<>();
        ordered.forEach(kind -> places.put(kind, places.size()));
        int[][] stands = standsFor.stream()
                .map(each -> each.stream()
                        .mapToInt(kind -> Objects.requireNonNull(places.get(kind)))
                        .toArray())
                .toArray(int[][]::new);
        int[] sizes = new int[ordered.size()];
        forEach(everybody, stands, sizes.length, (_, column) -> sizes[column]++);
        int[][] rows = new int[sizes.length][];
        for (int column = 0; column < sizes.length; column++) {
            boolean told = sizes[column] >= score.personsAtLeast() && sizes[column] < everybody.size();
            rows[column] = new int[told ? sizes[column] : 0];
        }
        int[] next = new int[sizes.length];
        forEach(everybody, stands, sizes.length, (row, column) -> {
            if (rows[column].length > 0) {
                rows[column][next[column]++] = row;
            }
        });
        return IntStream.range(0, sizes.length)
                .filter(column -> rows[column].length > 0)
                .mapToObj(column -> CovariateColumn.yes(label(ordered.get(column)), rows[column]))
                .toList();
    }

    /** Takes a person and a column. */
    private interface Cell {
        void at(int row, int column);
    }

    /** Each column that a person has, once, persons in order. */
    private static void forEach(List<Exposed> everybody, int[][] stands, int columns, Cell cell) {
        int[] last = new int[columns];
        Arrays.fill(last, -1);
        for (int row = 0; row < everybody.size(); row++) {
            for (int number : everybody.get(row).records()) {
                for (int column : stands[number]) {
                    if (last[column] != row) {
                        last[column] = row;
                        cell.at(row, column);
                    }
                }
            }
        }
    }

    /** For each number what it counts for in this score: nothing, itself, or its ancestors as well. */
    private List<List<Kind>> standsFor(PropensityModel.LargeScale score) {
        int[] excluded = vocabulary.resolve(score.excluded());
        Map<Integer, List<Integer>> ancestors =
                score.windows().stream().anyMatch(PropensityModel.Window::ancestors) ? ancestors(excluded) : Map.of();
        return kinds.stream()
                .map(kind -> standsFor(kind, score, excluded, ancestors))
                .toList();
    }

    private List<Kind> standsFor(
            Kind kind, PropensityModel.LargeScale score, int[] excluded, Map<Integer, List<Integer>> ancestors) {
        if (kind.place() >= windows.size()) {
            return score.demographics() ? List.of(kind) : List.of();
        }
        PropensityModel.Window window = windows.get(kind.place());
        if (!score.windows().contains(window) || Arrays.binarySearch(excluded, kind.value()) >= 0) {
            return List.of();
        }
        List<Kind> stands = new ArrayList<>(List.of(kind));
        if (window.ancestors()) {
            ancestors
                    .getOrDefault(kind.value(), List.of())
                    .forEach(ancestor -> stands.add(new Kind(kind.place(), ancestor)));
        }
        return stands;
    }

    /** The ancestors of the concepts that somebody had, those that are excluded left out. */
    private Map<Integer, List<Integer>> ancestors(int[] excluded) {
        Set<Integer> had = kinds.stream()
                .filter(kind -> kind.place() < windows.size())
                .map(Kind::value)
                .collect(Collectors.toSet());
        Map<Integer, List<Integer>> above = new HashMap<>();
        vocabulary
                .concepts()
                .filter(ancestor -> Arrays.binarySearch(excluded, ancestor) < 0)
                .forEach(ancestor -> {
                    for (int descendant : vocabulary.descendants(ancestor)) {
                        if (had.contains(descendant)) {
                            above.computeIfAbsent(descendant, _ -> new ArrayList<>())
                                    .add(ancestor);
                        }
                    }
                });
        return above;
    }

    private String label(Kind kind) {
        if (kind.place() >= windows.size()) {
            return switch (Demographic.values()[kind.place() - windows.size()]) {
                case SEX -> "Sex: " + sex(kind.value());
                case AGE ->
                    kind.value() < 0
                            ? "Age: " + Levels.BEFORE_BIRTH
                            : "Age: " + AGE_GROUP_YEARS * kind.value() + "-"
                                    + (AGE_GROUP_YEARS * kind.value() + AGE_GROUP_YEARS - 1);
                case YEAR -> "Year of the start: " + kind.value();
                case MONTH -> "Month of the start: " + MONTHS.get(kind.value() - 1);
            };
        }
        PropensityModel.Window window = windows.get(kind.place());
        String name = vocabulary.concept(kind.value()).map(Concept::name).orElse("");
        return "Concept " + kind.value() + (plain(name).isEmpty() ? "" : " " + plain(name)) + " (" + place(window)
                + ")";
    }

    private static String sex(int concept) {
        return Levels.level(new Covariate.Sex("sex", "Sex"), concept);
    }

    private static String place(PropensityModel.Window window) {
        Domain domain = window.domain();
        return domain.table().tableName() + ", days " + window.fromDay() + " to " + window.toDay();
    }

    /** A concept's name in the letters that a label may have. */
    private static String plain(String name) {
        String plain = NOT_IN_LABELS.matcher(name).replaceAll(" ").strip();
        return plain.length() <= LABEL_MAX
                ? plain
                : plain.substring(0, LABEL_MAX).strip();
    }
}
