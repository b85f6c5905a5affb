package org.vauban.cohort;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vauban.cohort.CriterionLanguage.Form;
import org.vauban.document.Fields;
import org.vauban.document.Node;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.Problems;
import org.vauban.vocabulary.ConceptSet;

/**
 * Reads Circe JSON. Every field is asked for by name; what was not asked for is a problem, and all problems of a file are reported
 * together.
 */
final class CohortReader {
    /** Far beyond any calendar, and small enough that adding some of them cannot overflow. */
    private static final int DAYS_MAX = 10_000_000;

    private static final Pattern DATE = Pattern.compile("(\\d{1,4})-(\\d{1,2})-(\\d{1,2})");

    /** Concepts come with a copy of their row of CONCEPT; its identifier and name are all that counts. */
    private static final List<String> CONCEPT_FIELDS_THAT_SAY_NOTHING_NEW = List.of(
            "CONCEPT_CLASS_ID",
            "CONCEPT_CODE",
            "DOMAIN_ID",
            "INVALID_REASON",
            "INVALID_REASON_CAPTION",
            "STANDARD_CONCEPT",
            "STANDARD_CONCEPT_CAPTION",
            "VALID_END_DATE",
            "VALID_START_DATE",
            "VOCABULARY_ID");

    private final Problems problems = new Problems();
    private final Set<Integer> conceptSetIds = new HashSet<>();

    static CohortDefinition read(String name, Node document) {
        var reader = new CohortReader();
        Optional<CohortDefinition> definition = reader.definition(name, Fields.of(document, reader.problems));
        reader.problems.throwIfAny();
        return definition.orElseThrow();
    }

    private Optional<CohortDefinition> definition(String name, Fields fields) {
        // Says for which versions of the model it was written, and is not evaluated.
        fields.optionalText("cdmVersionRange");
        List<ConceptSet> conceptSets = conceptSets(fields);
        PrimaryCriteria primary = primary(fields.object("PrimaryCriteria"));
        Optional<CriteriaGroup> additional =
                fields.optionalObject("AdditionalCriteria").map(this::group);
        EventLimit qualified = limit(fields, "QualifiedLimit");
        EventLimit expression = limit(fields, "ExpressionLimit");
        List<InclusionRule> rules =
                fields.objects("InclusionRules").stream().map(this::rule).toList();
        ExitStrategy exit = exit(fields);
        List<Criterion> censoring = fields.objects("CensoringCriteria").stream()
                .flatMap(each -> criterion(each).stream())
                .toList();
        int pad = collapse(fields);
        CalendarWindow window =
                fields.optionalObject("CensorWindow").map(this::calendarWindow).orElse(CalendarWindow.open());
        String title =
                fields.optionalText("Title").filter(text -> !text.isBlank()).orElse(name);
        fields.noOthers();
        if (rules.size() > CohortDefinition.RULES_MAX) {
            unsupported(
                    Phrase.MORE_INCLUSION_RULES.with(CohortDefinition.RULES_MAX),
                    Phrase.UP_TO.with(CohortDefinition.RULES_MAX),
                    fields.place("InclusionRules"));
        }
        return problems.isEmpty()
                ? Optional.of(new CohortDefinition(
                        title,
                        conceptSets,
                        primary,
                        additional,
                        qualified,
                        rules,
                        expression,
                        exit,
                        censoring,
                        pad,
                        window))
                : Optional.empty();
    }

    // Concept sets.

    private List<ConceptSet> conceptSets(Fields fields) {
        List<ConceptSet> sets = new ArrayList<>();
        for (Fields each : fields.objects("ConceptSets")) {
            int id = whole(each, "id");
            String name = each.optionalText("name").orElse("");
            Fields expression = each.object("expression");
            List<ConceptSet.Item> items =
                    expression.objects("items").stream().map(this::item).toList();
            expression.noOthers();
            each.noOthers();
            if (!conceptSetIds.add(id)) {
                each.wrongValue("id", Phrase.EACH_NUMBER_ONCE, String.valueOf(id));
            }
            sets.add(new ConceptSet(id, name, items));
        }
        return sets;
    }

    private ConceptSet.Item item(Fields fields) {
        Fields concept = fields.object("concept");
        int id = whole(concept, "CONCEPT_ID");
        String name = concept.optionalText("CONCEPT_NAME").orElse("");
        concept.passOver(CONCEPT_FIELDS_THAT_SAY_NOTHING_NEW);
        concept.noOthers();
        var item = new ConceptSet.Item(
                id,
                name,
                fields.truth("includeDescendants", false),
                fields.truth("includeMapped", false),
                fields.truth("isExcluded", false));
        fields.noOthers();
        return item;
    }

    private List<AttributeTest.ListedConcept> concepts(Fields fields, String name) {
        List<AttributeTest.ListedConcept> concepts = new ArrayList<>();
        for (Fields concept : fields.objects(name)) {
            concepts.add(new AttributeTest.ListedConcept(
                    whole(concept, "CONCEPT_ID"),
                    concept.optionalText("CONCEPT_NAME").orElse("")));
            concept.passOver(CONCEPT_FIELDS_THAT_SAY_NOTHING_NEW);
            concept.noOthers();
        }
        return concepts;
    }

    /** A reference to a concept set of the same definition. */
    private OptionalInt conceptSet(Fields fields, String name) {
        OptionalInt id = optionalWhole(fields, name);
        if (id.isPresent() && !conceptSetIds.contains(id.getAsInt())) {
            String known = conceptSetIds.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
            fields.wrongValue(name, known.isEmpty() ? Phrase.NO_CONCEPT_SETS : known, String.valueOf(id.getAsInt()));
        }
        return id;
    }

    // Entry.

    private PrimaryCriteria primary(Fields fields) {
        List<Criterion> criteria = fields.objects("CriteriaList").stream()
                .flatMap(each -> criterion(each).stream())
                .toList();
        Fields window = fields.object("ObservationWindow");
        var primary = new PrimaryCriteria(
                criteria,
                days(window, "PriorDays", OptionalInt.of(0)),
                days(window, "PostDays", OptionalInt.of(0)),
                limit(fields, "PrimaryCriteriaLimit"));
        window.noOthers();
        fields.noOthers();
        return primary;
    }

    /** A limit that is not written means the first event. */
    private EventLimit limit(Fields fields, String name) {
        return fields.optionalObject(name)
                .map(limit -> {
                    EventLimit found = word(limit, "Type", EventLimit.class, EventLimit::name)
                            .orElse(EventLimit.FIRST);
                    limit.noOthers();
                    return found;
                })
                .orElse(EventLimit.FIRST);
    }

    private InclusionRule rule(Fields fields) {
        var rule = new InclusionRule(
                fields.optionalText("name").orElse(""),
                fields.optionalText("description").orElse(""),
                group(fields.object("expression")));
        fields.noOthers();
        return rule;
    }

    // Groups.

    private CriteriaGroup group(Fields fields) {
        CriteriaGroup.Kind kind = required(
                fields,
                "Type",
                word(fields, "Type", CriteriaGroup.Kind.class, CriteriaGroup.Kind::name),
                CriteriaGroup.Kind.ALL);
        OptionalInt count = optionalWhole(fields, "Count");
        boolean counts = kind == CriteriaGroup.Kind.AT_LEAST || kind == CriteriaGroup.Kind.AT_MOST;
        List<CorrelatedCriterion> correlated = fields.objects("CriteriaList").stream()
                .flatMap(each -> correlated(each).stream())
                .toList();
        List<DemographicCriterion> demographic = fields.objects("DemographicCriteriaList").stream()
                .map(this::demographic)
                .toList();
        List<CriteriaGroup> groups =
                fields.objects("Groups").stream().map(this::group).toList();
        fields.noOthers();
        if (counts && count.isEmpty() && !(correlated.isEmpty() && demographic.isEmpty() && groups.isEmpty())) {
            fields.missing("Count");
        }
        return new CriteriaGroup(kind, counts ? count.orElse(0) : 0, correlated, demographic, groups);
    }

    private Optional<CorrelatedCriterion> correlated(Fields fields) {
        Optional<Criterion> criterion = criterion(fields.object("Criteria"));
        EventWindow start = window(fields.object("StartWindow"), false);
        Optional<EventWindow> end = fields.optionalObject("EndWindow").map(window -> window(window, true));
        Occurrence occurrence = occurrence(fields.object("Occurrence"), criterion);
        boolean restrictVisit = fields.truth("RestrictVisit", false);
        boolean ignoreObservationPeriod = fields.truth("IgnoreObservationPeriod", false);
        fields.noOthers();
        return criterion.map(found ->
                new CorrelatedCriterion(found, start, end, occurrence, restrictVisit, ignoreObservationPeriod));
    }

    /** Where it is not said, a start window looks at the event's start and an end window at its end. */
    private EventWindow window(Fields fields, boolean looksAtEnd) {
        var window = new EventWindow(
                bound(fields.object("Start")),
                bound(fields.object("End")),
                fields.truth("UseIndexEnd", false),
                fields.truth("UseEventEnd", looksAtEnd));
        fields.noOthers();
        return window;
    }

    private EventWindow.Bound bound(Fields fields) {
        OptionalInt days =
                fields.has("Days") ? OptionalInt.of(days(fields, "Days", OptionalInt.of(0))) : OptionalInt.empty();
        int coefficient = whole(fields, "Coeff");
        if (fields.has("Coeff") && coefficient != 1 && coefficient != -1) {
            fields.wrongValue("Coeff", Phrase.BEFORE_OR_AFTER, String.valueOf(coefficient));
        }
        fields.noOthers();
        return new EventWindow.Bound(days, coefficient == -1);
    }

    private Occurrence occurrence(Fields fields, Optional<Criterion> criterion) {
        int type = whole(fields, "Type");
        Occurrence.Kind kind = switch (type) {
            case 0 -> Occurrence.Kind.EXACTLY;
            case 1 -> Occurrence.Kind.AT_MOST;
            case 2 -> Occurrence.Kind.AT_LEAST;
            default -> {
                fields.wrongValue("Type", Phrase.COUNT_COMPARISONS, String.valueOf(type));
                yield Occurrence.Kind.AT_LEAST;
            }
        };
        int count = whole(fields, "Count");
        boolean isDistinct = fields.truth("IsDistinct", false);
        DistinctColumn column = word(fields, "CountColumn", DistinctColumn.class, DistinctColumn::name)
                .orElse(DistinctColumn.DOMAIN_CONCEPT);
        fields.noOthers();
        criterion.map(Criterion::domain).map(CriterionLanguage::of).ifPresent(language -> {
            if (isDistinct && !language.distinctColumns().contains(column)) {
                unsupported(
                        Phrase.DIFFERENT_VALUES.with(column, language.name()),
                        language.distinctColumns().stream()
                                .map(Enum::name)
                                .sorted()
                                .collect(Collectors.joining(", ")),
                        fields.place("CountColumn"));
            }
        });
        return new Occurrence(kind, count, isDistinct ? Optional.of(column) : Optional.empty());
    }

    private DemographicCriterion demographic(Fields fields) {
        var demographic = new DemographicCriterion(tests(fields, CriterionLanguage.DEMOGRAPHIC));
        fields.noOthers();
        return demographic;
    }

    // Criteria.

    /** An object with one field, the domain. */
    private Optional<Criterion> criterion(Fields fields) {
        Optional<Criterion> found = Optional.empty();
        for (CriterionLanguage language : CriterionLanguage.all()) {
            Optional<Fields> body = fields.optionalObject(language.name());
            if (body.isPresent() && found.isPresent()) {
                fields.wrongValue(language.name(), Phrase.ONE_DOMAIN, Phrase.A_SECOND_ONE);
            } else if (body.isPresent()) {
                found = Optional.of(criterion(body.get(), language));
            }
        }
        boolean unsupported = fields.has("LocationRegion");
        if (unsupported) {
            unsupported(
                    "LocationRegion",
                    CriterionLanguage.all().stream()
                            .map(CriterionLanguage::name)
                            .collect(Collectors.joining(", ")),
                    fields.place("LocationRegion"));
        }
        if (found.isEmpty() && !unsupported && fields.names().isEmpty()) {
            fields.missing(Phrase.ONE_OF.with(CriterionLanguage.all().stream()
                    .map(CriterionLanguage::name)
                    .collect(Collectors.joining(", "))));
        }
        fields.noOthers();
        return found;
    }

    private Criterion criterion(Fields fields, CriterionLanguage language) {
        OptionalInt conceptSet = language.hasConceptSet() ? conceptSet(fields, "CodesetId") : OptionalInt.empty();
        OptionalInt source = language.sourceConceptField().isPresent()
                ? conceptSet(fields, language.sourceConceptField().get())
                : OptionalInt.empty();
        boolean isFirst = language.hasFirst() && fields.truth("First", false);
        List<AttributeTest> tests = tests(fields, language.fields());
        boolean isPeriod = !language.hasConceptSet();
        Optional<CalendarWindow> fixedPeriod =
                isPeriod ? fields.optionalObject("UserDefinedPeriod").map(this::calendarWindow) : Optional.empty();
        Optional<DateAdjustment> adjustment =
                fields.optionalObject("DateAdjustment").map(this::adjustment);
        Optional<CriteriaGroup> around =
                fields.optionalObject("CorrelatedCriteria").map(this::group);
        fields.noOthers();
        return new Criterion(
                language.domain(), conceptSet, source, isFirst, adjustment, fixedPeriod, asOhdsiTests(tests), around);
    }

    /** OHDSI's tools compare the gap days of a drug era with the range that was given for its length, where there is one. */
    private static List<AttributeTest> asOhdsiTests(List<AttributeTest> tests) {
        Optional<NumberRange> length = tests.stream()
                .filter(test -> test.field().equals("EraLength"))
                .map(test -> ((AttributeTest.NumberTest) test).range())
                .findFirst();
        return tests.stream()
                .map(test -> test.field().equals("GapDays") && length.isPresent()
                        ? new AttributeTest.NumberTest(test.field(), test.subject(), length.get())
                        : test)
                .toList();
    }

    private DateAdjustment adjustment(Fields fields) {
        var adjustment = new DateAdjustment(
                day(fields, "StartWith", Subject.Day.START),
                days(fields, "StartOffset", OptionalInt.of(0)),
                day(fields, "EndWith", Subject.Day.END),
                days(fields, "EndOffset", OptionalInt.of(0)));
        fields.noOthers();
        return adjustment;
    }

    private Subject.Day day(Fields fields, String name, Subject.Day otherwise) {
        return word(fields, name, Subject.Day.class, day -> day.name() + "_DATE")
                .orElse(otherwise);
    }

    private CalendarWindow calendarWindow(Fields fields) {
        var window = new CalendarWindow(calendarDay(fields, "StartDate"), calendarDay(fields, "EndDate"));
        fields.noOthers();
        return window;
    }

    // Tests.

    private List<AttributeTest> tests(Fields fields, List<CriterionLanguage.Field> known) {
        List<AttributeTest> tests = new ArrayList<>();
        for (CriterionLanguage.Field field : known) {
            boolean excluded = field.excludedBy().isPresent()
                    && fields.truth(field.excludedBy().get(), false);
            if (fields.has(field.name())) {
                test(fields, field, excluded).ifPresent(tests::add);
            }
        }
        return tests;
    }

    private Optional<AttributeTest> test(Fields fields, CriterionLanguage.Field field, boolean excluded) {
        String name = field.name();
        return switch (field.form()) {
            case WHOLE, DECIMAL ->
                Optional.of(
                        new AttributeTest.NumberTest(name, field.subject(), range(fields.object(name), field.form())));
            case DAY ->
                Optional.of(
                        new AttributeTest.DayTest(name, (Subject.Day) field.subject(), dayRange(fields.object(name))));
            case CONCEPTS -> {
                List<AttributeTest.ListedConcept> concepts = concepts(fields, name);
                // An empty list is how the editor writes "anything".
                yield concepts.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new AttributeTest.ConceptTest(name, field.subject(), concepts, excluded));
            }
            case SELECTION -> {
                Fields selection = fields.object(name);
                var test = new AttributeTest.ConceptSetTest(
                        name,
                        field.subject(),
                        conceptSet(selection, "CodesetId"),
                        selection.truth("IsExclusion", false));
                selection.noOthers();
                yield Optional.of(test);
            }
            case CONCEPT_SET ->
                Optional.of(new AttributeTest.ConceptSetTest(name, field.subject(), conceptSet(fields, name), false));
            case TEXT -> Optional.of(new AttributeTest.TextTest(name, field.subject(), pattern(fields.object(name))));
            case ABNORMAL ->
                fields.truth(name, false)
                        ? Optional.of(new AttributeTest.AbnormalTest(name, field.subject()))
                        : Optional.empty();
            case UNSUPPORTED -> {
                unsupported(name, known(fields), fields.place(name));
                yield Optional.empty();
            }
        };
    }

    private static String known(Fields fields) {
        return fields.names().stream().sorted().collect(Collectors.joining(", "));
    }

    private NumberRange range(Fields fields, Form form) {
        Comparison comparison = comparison(fields);
        Function<Double, Double> asCompared = form == Form.WHOLE ? CohortReader::cut : CohortReader::fourDecimals;
        double value = number(fields, "Value").map(asCompared).orElse(0.0);
        Optional<Double> extent =
                fields.has("Extent") || comparison.isRange() ? number(fields, "Extent") : Optional.empty();
        fields.noOthers();
        return new NumberRange(
                comparison, value, comparison.isRange() ? extent.map(asCompared).orElse(value) : value);
    }

    private static double cut(double value) {
        return (int) value;
    }

    private static double fourDecimals(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.4f", value));
    }

    private Optional<Double> number(Fields fields, String name) {
        OptionalDouble found = fields.optionalNumber(name);
        if (!fields.has(name)) {
            fields.missing(name);
        }
        return found.isPresent() ? Optional.of(found.getAsDouble()) : Optional.empty();
    }

    private DayRange dayRange(Fields fields) {
        Comparison comparison = comparison(fields);
        int value = requiredDay(fields, "Value");
        int extent = fields.has("Extent") || comparison.isRange() ? requiredDay(fields, "Extent") : value;
        fields.noOthers();
        return new DayRange(comparison, value, comparison.isRange() ? extent : value);
    }

    private int requiredDay(Fields fields, String name) {
        OptionalInt day = calendarDay(fields, name);
        if (!fields.has(name)) {
            fields.missing(name);
        }
        return day.orElse(0);
    }

    private Comparison comparison(Fields fields) {
        return required(fields, "Op", word(fields, "Op", Comparison.class, Comparison::symbol), Comparison.EQUAL);
    }

    private TextPattern pattern(Fields fields) {
        String text = fields.text("Text");
        String operation = fields.text("Op");
        fields.noOthers();
        boolean negated = operation.startsWith("!");
        TextPattern.Where where = switch (negated ? operation.substring(1) : operation) {
            case "startsWith" -> TextPattern.Where.START;
            case "endsWith" -> TextPattern.Where.END;
            case "contains" -> TextPattern.Where.ANYWHERE;
            default -> {
                if (fields.has("Op")) {
                    fields.wrongValue("Op", Phrase.TEXT_COMPARISONS, operation);
                }
                yield TextPattern.Where.ANYWHERE;
            }
        };
        return new TextPattern(where, text, negated);
    }

    // Exit.

    private ExitStrategy exit(Fields fields) {
        Optional<Fields> strategy = fields.optionalObject("EndStrategy");
        if (strategy.isEmpty()) {
            return new ExitStrategy.EndOfObservation();
        }
        Optional<Fields> offset = strategy.get().optionalObject("DateOffset");
        Optional<Fields> era = strategy.get().optionalObject("CustomEra");
        strategy.get().noOthers();
        if (offset.isPresent() == era.isPresent()) {
            strategy.get()
                    .wrongValue("EndStrategy", Phrase.ONE_EXIT, offset.isPresent() ? Phrase.BOTH : Phrase.NEITHER);
        }
        return era.map(this::drugExposureEnd)
                .or(() -> offset.map(this::fixedOffset))
                .orElse(new ExitStrategy.EndOfObservation());
    }

    private ExitStrategy fixedOffset(Fields fields) {
        Subject.Day from = word(
                        fields,
                        "DateField",
                        Subject.Day.class,
                        day -> day == Subject.Day.START ? "StartDate" : "EndDate")
                .orElse(Subject.Day.START);
        var exit = new ExitStrategy.FixedOffset(from, days(fields, "Offset", OptionalInt.of(0)));
        fields.noOthers();
        return exit;
    }

    private ExitStrategy drugExposureEnd(Fields fields) {
        OptionalInt conceptSet = conceptSet(fields, "DrugCodesetId");
        if (!fields.has("DrugCodesetId")) {
            fields.missing("DrugCodesetId");
        }
        var exit = new ExitStrategy.DrugExposureEnd(
                conceptSet.orElse(0),
                days(fields, "GapDays", OptionalInt.of(0)),
                days(fields, "Offset", OptionalInt.of(0)),
                fields.has("DaysSupplyOverride")
                        ? OptionalInt.of(days(fields, "DaysSupplyOverride", OptionalInt.of(0)))
                        : OptionalInt.empty());
        fields.noOthers();
        return exit;
    }

    private int collapse(Fields fields) {
        Optional<Fields> settings = fields.optionalObject("CollapseSettings");
        if (settings.isEmpty()) {
            return 0;
        }
        Optional<String> type = settings.get().optionalText("CollapseType");
        if (type.isPresent() && !type.get().equals("ERA")) {
            unsupported("CollapseType " + type.get(), "ERA", settings.get().place("CollapseType"));
        }
        int pad = days(settings.get(), "EraPad", OptionalInt.of(0));
        settings.get().noOthers();
        if (pad < 0) {
            settings.get().wrongValue("EraPad", Phrase.ZERO_OR_MORE, String.valueOf(pad));
            return 0;
        }
        return pad;
    }

    // Small helpers.

    private void unsupported(Object found, Object expected, Place place) {
        problems.add(Problem.of(ProblemCode.COHORT_FEATURE_UNSUPPORTED)
                .found(found)
                .expected(expected)
                .at(place));
    }

    /** A word of a fixed list, in any case, as Circe reads them. */
    private static <E extends Enum<E>> Optional<E> word(
            Fields fields, String name, Class<E> type, Function<E, String> spelling) {
        Optional<String> text = fields.optionalText(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<E> all = Arrays.asList(type.getEnumConstants());
        Optional<E> found = all.stream()
                .filter(each -> spelling.apply(each).equalsIgnoreCase(text.get()))
                .findFirst();
        if (found.isEmpty()) {
            fields.wrongValue(name, all.stream().map(spelling).collect(Collectors.joining(", ")), text.get());
        }
        return found;
    }

    private static <E> E required(Fields fields, String name, Optional<E> found, E harmless) {
        if (found.isEmpty() && !fields.has(name)) {
            fields.missing(name);
        }
        return found.orElse(harmless);
    }

    private static int whole(Fields fields, String name) {
        OptionalInt found = optionalWhole(fields, name);
        if (!fields.has(name)) {
            fields.missing(name);
        }
        return found.orElse(0);
    }

    private static OptionalInt optionalWhole(Fields fields, String name) {
        OptionalLong found = fields.optionalWhole(name);
        if (found.isEmpty()) {
            return OptionalInt.empty();
        }
        long value = found.getAsLong();
        if (value != (int) value || value == Integer.MIN_VALUE) {
            fields.wrongValue(
                    name, Phrase.FROM_TO.with(Integer.MIN_VALUE + 1, Integer.MAX_VALUE), String.valueOf(value));
            return OptionalInt.of(0);
        }
        return OptionalInt.of((int) value);
    }

    private static int days(Fields fields, String name, OptionalInt otherwise) {
        return fields.whole(name, -DAYS_MAX, DAYS_MAX, otherwise.orElse(0));
    }

    private static OptionalInt calendarDay(Fields fields, String name) {
        Optional<String> text = fields.optionalText(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        Matcher date = DATE.matcher(text.get());
        if (date.matches()) {
            try {
                return OptionalInt.of((int) LocalDate.of(
                                Integer.parseInt(date.group(1)),
                                Integer.parseInt(date.group(2)),
                                Integer.parseInt(date.group(3)))
                        .toEpochDay());
            } catch (DateTimeException _) {
                // No such day; reported like any other wrong date.
            }
        }
        fields.wrongValue(name, Phrase.A_DATE, text.get());
        return OptionalInt.of(0);
    }
}
