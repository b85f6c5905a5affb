package org.vauban.cohort.explain;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.vauban.cohort.AttributeTest;
import org.vauban.cohort.DayRange;
import org.vauban.cohort.NumberRange;
import org.vauban.cohort.Subject;
import org.vauban.cohort.TextPattern;

/** Says what must hold of one attribute of a record or a person. */
final class TestWording {
    private final Wording wording;
    private final ConceptSetNames sets;

    TestWording(Wording wording, ConceptSetNames sets) {
        this.wording = wording;
        this.sets = sets;
    }

    /**
     * What must hold, one line for each attribute.
     *
     * @param of what has the attributes, as it is called in keys: a domain, or {@code PERSON}
     */
    List<Explanation> of(String of, List<AttributeTest> tests) {
        return tests.stream()
                .map(test -> Explanation.of(wording.text("test", label(of, test.field()), condition(test))))
                .toList();
    }

    /** Some fields mean something else in one place than in the others. */
    private String label(String of, String field) {
        String concept = field.endsWith("CS") ? field.substring(0, field.length() - 2) : field;
        return wording.first(
                "attribute." + of + "." + field,
                "attribute." + field,
                "attribute." + of + "." + concept,
                "attribute." + concept);
    }

    private String condition(AttributeTest test) {
        return switch (test) {
            case AttributeTest.NumberTest number -> range(number.range(), unit(number));
            case AttributeTest.DayTest day -> range(day.range());
            case AttributeTest.ConceptTest list -> concepts(list);
            case AttributeTest.ConceptSetTest set -> selection(set);
            case AttributeTest.TextTest text -> pattern(text.pattern());
            case AttributeTest.AbnormalTest _ -> wording.text("abnormal");
        };
    }

    private String range(NumberRange range, DoubleFunction<String> unit) {
        String key = "number." + range.comparison();
        return range.comparison().isRange()
                ? wording.text(key, wording.number(range.value()), unit.apply(range.extent()))
                : wording.text(key, unit.apply(range.value()));
    }

    private DoubleFunction<String> unit(AttributeTest.NumberTest test) {
        return switch (test.subject()) {
            case Subject.Age _ -> wording::years;
            case Subject.Duration _ -> days -> wording.days((long) days);
            case Subject.Own own
            when own.column().name().equals("days_supply")
                    || own.column().name().equals("gap_days") -> days -> wording.days((long) days);
            default -> wording::number;
        };
    }

    private String range(DayRange range) {
        return wording.text("day." + range.comparison(), wording.day(range.value()), wording.day(range.extent()));
    }

    private String concepts(AttributeTest.ConceptTest test) {
        boolean isAlone = test.listed().size() == 1;
        String one = test.isExcluded() ? "concepts.not" : "concepts.one";
        String several = test.isExcluded() ? "concepts.none-of" : "concepts.one-of";
        return wording.text(
                isAlone ? one : several,
                test.listed().stream().map(this::concept).collect(Collectors.joining(", ")));
    }

    private String concept(AttributeTest.ListedConcept concept) {
        return concept.name().isBlank()
                ? wording.text("concept.unnamed", concept.id())
                : wording.text("concept", concept.name(), concept.id());
    }

    private String selection(AttributeTest.ConceptSetTest test) {
        String whether = test.isExcluded() ? "outside" : "inside";
        return test.conceptSet().isPresent()
                ? wording.text("selection." + whether, sets.of(test.conceptSet().getAsInt()))
                : wording.text("selection.any." + whether);
    }

    private String pattern(TextPattern pattern) {
        String key = "text." + pattern.where() + (pattern.isNegated() ? ".not" : "");
        String text = wording.text(key, pattern.text());
        boolean hasJokers = pattern.text().contains("%") || pattern.text().contains("_");
        return hasJokers ? text + wording.text("text.jokers") : text;
    }
}
