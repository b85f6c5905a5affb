package org.vauban.cohort;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.ColumnKind;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.ReferenceColumn;
import org.vauban.trajectory.RowsBuilder;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectoriesBuilder;
import org.vauban.vocabulary.ConceptSet;

/**
 * Makes definitions and persons at random, from the whole language: every domain, every field, every exit. Numbers are small, so that
 * the same days, concepts, ranks and visits meet often, records share identifiers, periods overlap, and values are missing.
 */
final class RandomCohorts {
    private static final int CONCEPTS = 5;
    private static final int DAYS = 60;
    private static final int FIRST_DAY = 14_000;
    private static final int DEPTH_MAX = 2;
    private static final List<String> TEXTS = List.of("a", "ab", "ba", "abc", "a%b", "");

    private final Random random;

    RandomCohorts(long seed) {
        this.random = new Random(seed);
    }

    // Definitions.

    CohortDefinition definition() {
        return new CohortDefinition(
                "random",
                conceptSets(),
                new PrimaryCriteria(listOf(1, 2, () -> criterion(0)), below(5), below(5), limit()),
                sometimes(3, () -> group(0)),
                limit(),
                random.nextInt(8) == 0
                        ? listOf(3, 4, this::ruleOfDays)
                        : listOf(0, 3, () -> new InclusionRule("rule", "", group(0))),
                limit(),
                exit(),
                random.nextInt(3) == 0 ? listOf(1, 2, () -> criterion(1)) : List.of(),
                random.nextInt(4) > 0 ? 0 : below(10),
                random.nextInt(4) == 0 ? window() : CalendarWindow.open());
    }

    /** A rule that tells one event of a person from another: several of them let events meet as many rules, but others. */
    private InclusionRule ruleOfDays() {
        CriterionLanguage.Field start = CriterionLanguage.DEMOGRAPHIC.stream()
                .filter(field -> field.name().equals("OccurrenceStartDate"))
                .findFirst()
                .orElseThrow();
        var days = new DemographicCriterion(List.of(test(start)));
        return new InclusionRule(
                "days", "", new CriteriaGroup(CriteriaGroup.Kind.ALL, 0, List.of(), List.of(days), List.of()));
    }

    private EventLimit limit() {
        return random.nextBoolean() ? EventLimit.ALL : any(EventLimit.values());
    }

    /** Sets 0 to 3 hold some of the concepts; set 4 is empty. */
    private List<ConceptSet> conceptSets() {
        return IntStream.range(0, 5)
                .mapToObj(id -> new ConceptSet(
                        id,
                        "set",
                        id == 4
                                ? List.of()
                                : listOf(
                                        1,
                                        3,
                                        () -> new ConceptSet.Item(
                                                1 + below(CONCEPTS), "", false, false, random.nextInt(6) == 0))))
                .toList();
    }

    private Criterion criterion(int depth) {
        CriterionLanguage language = any(CriterionLanguage.all());
        List<CriterionLanguage.Field> fields = new ArrayList<>(language.fields());
        fields.removeIf(field -> field.form() == CriterionLanguage.Form.UNSUPPORTED);
        List<AttributeTest> tests = random.nextInt(3) == 0 ? listOf(1, 2, () -> test(any(fields))) : List.of();
        return new Criterion(
                language.domain(),
                language.hasConceptSet() ? mostly(() -> below(5)) : OptionalInt.empty(),
                language.sourceConceptField().isPresent() && random.nextInt(5) == 0
                        ? OptionalInt.of(below(5))
                        : OptionalInt.empty(),
                language.hasFirst() && random.nextInt(4) == 0,
                sometimes(6, this::adjustment),
                language.hasConceptSet() ? Optional.empty() : sometimes(3, this::window),
                tests,
                depth >= DEPTH_MAX ? Optional.empty() : sometimes(4, () -> group(depth + 1)));
    }

    private AttributeTest test(CriterionLanguage.Field field) {
        return switch (field.form()) {
            case WHOLE -> new AttributeTest.NumberTest(field.name(), field.subject(), range(field, 1));
            case DECIMAL -> new AttributeTest.NumberTest(field.name(), field.subject(), range(field, 2));
            case DAY ->
                new AttributeTest.DayTest(
                        field.name(),
                        (Subject.Day) field.subject(),
                        new DayRange(any(Comparison.values()), day(), day()));
            case CONCEPTS ->
                new AttributeTest.ConceptTest(
                        field.name(),
                        field.subject(),
                        listOf(1, 3, () -> new AttributeTest.ListedConcept(1 + below(CONCEPTS), "")),
                        field.excludedBy().isPresent() && random.nextBoolean());
            case SELECTION ->
                new AttributeTest.ConceptSetTest(
                        field.name(), field.subject(), mostly(() -> below(5)), random.nextBoolean());
            case CONCEPT_SET ->
                new AttributeTest.ConceptSetTest(field.name(), field.subject(), OptionalInt.of(below(5)), false);
            case TEXT ->
                new AttributeTest.TextTest(
                        field.name(),
                        field.subject(),
                        new TextPattern(
                                any(TextPattern.Where.values()),
                                any(List.of("a", "b", "ab", "_", "a%", "")),
                                random.nextBoolean()));
            case ABNORMAL -> new AttributeTest.AbnormalTest(field.name(), field.subject());
            case UNSUPPORTED -> throw new IllegalArgumentException(field.name());
        };
    }

    private NumberRange range(CriterionLanguage.Field field, int parts) {
        int middle = field.subject() instanceof Subject.Age ? 38 : 0;
        double value = middle + below(6 * parts) / (double) parts;
        return new NumberRange(any(Comparison.values()), value, value + below(4));
    }

    private CriteriaGroup group(int depth) {
        CriteriaGroup.Kind kind = any(CriteriaGroup.Kind.values());
        boolean counts = kind == CriteriaGroup.Kind.AT_LEAST || kind == CriteriaGroup.Kind.AT_MOST;
        return new CriteriaGroup(
                kind,
                counts ? below(3) : 0,
                listOf(0, 2, () -> correlated(depth + 1)),
                random.nextInt(4) == 0 ? listOf(1, 1, this::demographic) : List.of(),
                depth >= DEPTH_MAX || random.nextInt(3) > 0 ? List.of() : listOf(1, 2, () -> group(depth + 1)));
    }

    private DemographicCriterion demographic() {
        return new DemographicCriterion(listOf(0, 2, () -> test(any(CriterionLanguage.DEMOGRAPHIC))));
    }

    private CorrelatedCriterion correlated(int depth) {
        Criterion criterion = criterion(depth);
        List<DistinctColumn> columns = CriterionLanguage.of(criterion.domain()).distinctColumns().stream()
                .sorted(Comparator.naturalOrder())
                .toList();
        return new CorrelatedCriterion(
                criterion,
                eventWindow(),
                sometimes(4, this::eventWindow),
                new Occurrence(any(Occurrence.Kind.values()), below(3), sometimes(3, () -> any(columns))),
                random.nextInt(4) == 0,
                random.nextInt(3) == 0);
    }

    private EventWindow eventWindow() {
        return new EventWindow(
                new EventWindow.Bound(mostly(() -> below(25)), random.nextInt(3) > 0),
                new EventWindow.Bound(mostly(() -> below(25)), random.nextInt(3) == 0),
                random.nextInt(4) == 0,
                random.nextInt(4) == 0);
    }

    private DateAdjustment adjustment() {
        return new DateAdjustment(any(Subject.Day.values()), below(9) - 4, any(Subject.Day.values()), below(9) - 4);
    }

    private CalendarWindow window() {
        int start = day();
        return new CalendarWindow(
                random.nextInt(3) == 0 ? OptionalInt.empty() : OptionalInt.of(start),
                random.nextInt(3) == 0 ? OptionalInt.empty() : OptionalInt.of(start + below(30)));
    }

    private ExitStrategy exit() {
        return switch (random.nextInt(5)) {
            case 0 -> new ExitStrategy.EndOfObservation();
            case 1, 2, 3 -> new ExitStrategy.FixedOffset(any(Subject.Day.values()), below(7) - 1);
            default ->
                new ExitStrategy.DrugExposureEnd(
                        below(5),
                        below(8),
                        below(5),
                        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(below(9)));
        };
    }

    // Persons.

    /** A bucket of persons with the needed columns filled; the first person is given. */
    Trajectories bucket(Needs needs, long firstPerson, int persons) {
        var builder = new TrajectoriesBuilder(needs);
        for (long person = firstPerson; person < firstPerson + persons; person++) {
            if (random.nextInt(6) > 0) {
                builder.persons().addPerson(person);
                fill(builder.persons(), CdmTable.PERSON, needs, Optional.empty());
            }
            for (Domain domain : Domain.values()) {
                if (needs.reads(domain.table())) {
                    addEvents(builder.events(domain), domain, needs, person);
                }
            }
        }
        for (CdmColumn column : needs.columns()) {
            boolean isReference = column.table() == CdmTable.PROVIDER || column.table() == CdmTable.CARE_SITE;
            if (isReference && ColumnKind.of(column) == ColumnKind.INT) {
                builder.reference(ReferenceColumn.of(
                        column, new long[] {1, 2, 3}, new int[] {1 + below(CONCEPTS), Absent.INT, 1 + below(CONCEPTS)
                        }));
            }
        }
        return builder.build();
    }

    private void addEvents(RowsBuilder rows, Domain domain, Needs needs, long person) {
        int number = domain == Domain.OBSERVATION_PERIOD ? 1 + below(2) : domain == Domain.DEATH ? below(2) : below(6);
        List<int[]> placed = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            placed.add(new int[] {domain == Domain.OBSERVATION_PERIOD ? FIRST_DAY + below(25) : day(), below(12)});
        }
        placed.sort(Comparator.<int[]>comparingInt(place -> place[0]).thenComparingInt(place -> place[1]));
        for (int[] place : placed) {
            rows.addEvent(person, place[0], place[1]);
            fill(rows, domain.table(), needs, Optional.of(domain));
            domain.endColumn().filter(needs.columns()::contains).ifPresent(end -> {
                int length = domain == Domain.OBSERVATION_PERIOD ? 20 + below(40) : below(12) - 1;
                if (random.nextInt(4) > 0) {
                    rows.ints(end).set(place[0] + length);
                }
            });
        }
    }

    private void fill(RowsBuilder rows, CdmTable table, Needs needs, Optional<Domain> domain) {
        for (CdmColumn column : needs.columns()) {
            boolean isDay = domain.isPresent()
                    && (column.equals(domain.get().startColumn())
                            || domain.get().endColumn().equals(Optional.of(column)));
            if (column.table() != table || isDay || random.nextInt(5) == 0) {
                continue;
            }
            switch (ColumnKind.of(column)) {
                case INT ->
                    rows.ints(column)
                            .set(column.name().equals("year_of_birth") ? 1965 + below(10) : below(CONCEPTS + 2));
                case LONG -> rows.longs(column).set(1 + below(4));
                case DOUBLE -> rows.doubles(column).set(below(12) / 2.0);
                case TEXT -> rows.texts(column).set(any(TEXTS));
            }
        }
    }

    // Dice.

    private int day() {
        return FIRST_DAY + below(DAYS);
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }

    private OptionalInt mostly(Supplier<Integer> value) {
        return random.nextInt(5) == 0 ? OptionalInt.empty() : OptionalInt.of(value.get());
    }

    private <T> Optional<T> sometimes(int oneIn, Supplier<T> value) {
        return random.nextInt(oneIn) == 0 ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> listOf(int least, int most, Supplier<T> value) {
        List<T> list = new ArrayList<>();
        int size = least + below(most - least + 1);
        for (int i = 0; i < size; i++) {
            list.add(value.get());
        }
        return Collections.unmodifiableList(list);
    }

    private <T> T any(List<T> list) {
        return list.get(below(list.size()));
    }

    private <T> T any(T[] values) {
        return values[below(values.length)];
    }
}
