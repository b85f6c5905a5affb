package org.vauban.cohort.check;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vauban.cohort.AttributeTest;
import org.vauban.cohort.CalendarWindow;
import org.vauban.cohort.Comparison;
import org.vauban.cohort.Criterion;
import org.vauban.cohort.DayRange;
import org.vauban.cohort.NumberRange;
import org.vauban.cohort.Subject;
import org.vauban.document.Node;
import org.vauban.omop.CdmColumn;
import org.vauban.problem.Phrase;
import org.vauban.problem.ProblemCode;
import org.vauban.trajectory.Domain;

/** Can an attribute have the value that is asked for, and is it the attribute that the field's name promises? */
final class ValueQuestions {
    /** Columns that may hold a number below 0. */
    private static final Set<String> SIGNED = Set.of("value_as_number", "range_low", "range_high");

    /** Lists whose emptiness says nothing, or has a question of its own. */
    private static final Set<String> LISTS_OF_THE_COURSE = Set.of(
            "CensoringCriteria",
            "ConceptSets",
            "CriteriaList",
            "DemographicCriteriaList",
            "Groups",
            "InclusionRules",
            "items");

    private final Walk walk;
    private final Findings findings;

    ValueQuestions(Walk walk, Findings findings) {
        this.walk = walk;
        this.findings = findings;
    }

    void ask() {
        for (Walk.At<AttributeTest> at : walk.tests()) {
            switch (at.piece()) {
                case AttributeTest.NumberTest number -> askOfNumbers(number, at.path());
                case AttributeTest.DayTest day -> askOfDays(day.range(), at.path());
                case AttributeTest.ConceptSetTest set -> {
                    if (set.conceptSet().isEmpty()) {
                        findings.add(ProblemCode.COHORT_SELECTION_WITHOUT_SET, at.path(), "field", set.field());
                    }
                }
                case AttributeTest.TextTest text -> {
                    if (text.pattern().text().isEmpty()) {
                        findings.add(ProblemCode.COHORT_TEXT_EMPTY, at.path() + ".Text", "field", text.field());
                    }
                }
                case AttributeTest.ConceptTest _, AttributeTest.AbnormalTest _ -> {}
            }
            askOfSubject(at);
        }
        for (Walk.At<Criterion> at : walk.criteria()) {
            at.piece().fixedPeriod().ifPresent(window -> askOfCalendar(window, at.path() + ".UserDefinedPeriod"));
            askOfAdjustment(at);
            askOfGaps(at);
        }
        askOfCalendar(walk.definition().censorWindow(), "$.CensorWindow");
        findings.nodes().forEach(this::askOfList);
    }

    private void askOfNumbers(AttributeTest.NumberTest test, String path) {
        NumberRange range = test.range();
        if (range.comparison().isRange() && range.value() > range.extent()) {
            reversed(path, range.value(), range.extent(), range.comparison());
        }
        boolean isSigned = test.subject() instanceof Subject.Own own
                && SIGNED.contains(own.column().name());
        if (!isSigned && range.value() < 0) {
            findings.add(
                    ProblemCode.COHORT_VALUE_NEGATIVE,
                    path + ".Value",
                    "field",
                    test.field(),
                    "found",
                    number(range.value()));
        }
    }

    private void askOfDays(DayRange range, String path) {
        if (range.comparison().isRange() && range.value() > range.extent()) {
            findings.add(
                    ProblemCode.COHORT_RANGE_REVERSED,
                    path,
                    "from",
                    LocalDate.ofEpochDay(range.value()),
                    "to",
                    LocalDate.ofEpochDay(range.extent()),
                    "meaning",
                    meaning(range.comparison()));
        }
    }

    private void askOfCalendar(CalendarWindow window, String path) {
        OptionalInt start = window.startDay();
        OptionalInt end = window.endDay();
        if (start.isPresent() && end.isPresent() && start.getAsInt() > end.getAsInt()) {
            findings.add(
                    ProblemCode.COHORT_RANGE_REVERSED,
                    path,
                    "from",
                    LocalDate.ofEpochDay(start.getAsInt()),
                    "to",
                    LocalDate.ofEpochDay(end.getAsInt()),
                    "meaning",
                    Phrase.NOTHING_LIES_INSIDE);
        }
    }

    private void reversed(String path, double from, double to, Comparison comparison) {
        findings.add(
                ProblemCode.COHORT_RANGE_REVERSED,
                path,
                "from",
                number(from),
                "to",
                number(to),
                "meaning",
                meaning(comparison));
    }

    private static Phrase meaning(Comparison comparison) {
        return comparison == Comparison.BETWEEN ? Phrase.NOTHING_LIES_INSIDE : Phrase.EVERYTHING_LIES_OUTSIDE;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** OHDSI's tools test something else than some fields say; the rows are theirs, so the author should know. */
    private void askOfSubject(Walk.At<AttributeTest> at) {
        String field = at.piece().field();
        Subject subject = at.piece().subject();
        Optional<String> tested = Optional.empty();
        if (field.equals("OccurrenceEndDate") && subject == Subject.Day.START) {
            tested = Optional.of("OccurrenceStartDate");
        } else if (field.equals("RaceCS") || field.equals("EthnicityCS")) {
            tested = Optional.of(((Subject.OfPerson) subject).column())
                    .filter(column -> column.name().startsWith("gender"))
                    .map(CdmColumn::name);
        }
        tested.ifPresent(
                found -> findings.add(ProblemCode.COHORT_TESTS_OTHER_FIELD, at.path(), "field", field, "found", found));
    }

    private void askOfGaps(Walk.At<Criterion> at) {
        boolean hasLength =
                at.piece().tests().stream().anyMatch(test -> test.field().equals("EraLength"));
        boolean hasGaps =
                at.piece().tests().stream().anyMatch(test -> test.field().equals("GapDays"));
        if (hasLength && hasGaps) {
            findings.add(
                    ProblemCode.COHORT_TESTS_OTHER_FIELD,
                    at.path() + ".GapDays",
                    "field",
                    "GapDays",
                    "found",
                    Phrase.BOUNDS_OF.with("EraLength"));
        }
    }

    private void askOfAdjustment(Walk.At<Criterion> at) {
        Criterion criterion = at.piece();
        if (criterion.domain() == Domain.SPECIMEN && criterion.dateAdjustment().isPresent()) {
            findings.add(ProblemCode.COHORT_ADJUSTMENT_IGNORED, at.path() + ".DateAdjustment");
        }
    }

    /** An empty list of concepts is read as no condition at all. */
    private void askOfList(Node node) {
        String path = node.place().path().orElse("");
        String field = path.substring(path.lastIndexOf('.') + 1);
        if (node instanceof Node.Sequence list && list.items().isEmpty() && !LISTS_OF_THE_COURSE.contains(field)) {
            findings.add(ProblemCode.COHORT_LIST_EMPTY, path, "field", field);
        }
    }
}
