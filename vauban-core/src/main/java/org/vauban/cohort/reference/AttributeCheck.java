package org.vauban.cohort.reference;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.vauban.cohort.AttributeTest;
import org.vauban.cohort.AttributeTest.AbnormalTest;
import org.vauban.cohort.AttributeTest.ConceptSetTest;
import org.vauban.cohort.AttributeTest.ConceptTest;
import org.vauban.cohort.AttributeTest.DayTest;
import org.vauban.cohort.AttributeTest.NumberTest;
import org.vauban.cohort.AttributeTest.TextTest;
import org.vauban.cohort.RecordColumns;
import org.vauban.cohort.Subject;
import org.vauban.cohort.TextPattern;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.Domain;

/** Says whether one test holds of one record. A value that is missing makes every test fail, unless the test says otherwise. */
final class AttributeCheck {
    private static final Set<Integer> HIGH_OR_LOW = Set.of(4155142, 4155143);

    private final History history;
    private final Map<Integer, Set<Integer>> conceptSets;

    AttributeCheck(History history, Map<Integer, Set<Integer>> conceptSets) {
        this.history = history;
        this.conceptSets = conceptSets;
    }

    boolean holds(AttributeTest test, Domain domain, int row, int start, int end) {
        if (needsPerson(test.subject()) && !history.isKnown()) {
            return false;
        }
        if (test.subject() instanceof Subject.OfCareSite careSite && !hasCareSite(careSite, domain, row)) {
            return false;
        }
        return switch (test) {
            case NumberTest number -> {
                OptionalDouble value = number(number.subject(), domain, row, start, end);
                yield value.isPresent() && number.range().contains(value.getAsDouble());
            }
            case DayTest daily -> {
                int day = daily.subject() == Subject.Day.START ? start : end;
                yield !Absent.is(day) && daily.range().contains(day);
            }
            case ConceptTest list -> {
                OptionalInt concept = concept(list.subject(), domain, row);
                yield concept.isPresent() && list.concepts().contains(concept.getAsInt()) != list.isExcluded();
            }
            case ConceptSetTest set -> holds(set, concept(set.subject(), domain, row));
            case TextTest text -> {
                Optional<String> value = history.text(domain, ((Subject.Own) text.subject()).column(), row);
                yield value.isPresent() && matches(text.pattern(), value.get());
            }
            case AbnormalTest _ -> isAbnormal(domain, row);
        };
    }

    /** Whether a test on the visit holds of one visit. */
    boolean holdsOfVisit(AttributeTest test, int visitRow) {
        CdmColumn column = ((Subject.OfVisit) test.subject()).column();
        OptionalInt concept = history.whole(Domain.VISIT_OCCURRENCE, column, visitRow);
        return switch (test) {
            case ConceptTest list ->
                concept.isPresent() && list.concepts().contains(concept.getAsInt()) != list.isExcluded();
            case ConceptSetTest set -> holds(set, concept);
            default -> throw new IllegalArgumentException("Visits are tested on their concept, not by " + test.field());
        };
    }

    private boolean holds(ConceptSetTest test, OptionalInt concept) {
        if (test.conceptSet().isEmpty()) {
            return concept.isPresent() != test.isExcluded();
        }
        Set<Integer> set = conceptSets.get(test.conceptSet().getAsInt());
        if (set == null) {
            throw new IllegalStateException(
                    "No such concept set: " + test.conceptSet().getAsInt());
        }
        if (test.isExcluded() && set.isEmpty()) {
            return true;
        }
        return concept.isPresent() && set.contains(concept.getAsInt()) != test.isExcluded();
    }

    private OptionalDouble number(Subject subject, Domain domain, int row, int start, int end) {
        return switch (subject) {
            case Subject.Age age -> {
                OptionalInt born = history.ofPerson(CdmTable.PERSON.column("year_of_birth"));
                int day = age.at() == Subject.Day.START ? start : end;
                yield born.isPresent() && !Absent.is(day)
                        ? OptionalDouble.of(LocalDate.ofEpochDay(day).getYear() - born.getAsInt())
                        : OptionalDouble.empty();
            }
            case Subject.Duration _ -> Absent.is(end) ? OptionalDouble.empty() : OptionalDouble.of(end - start);
            case Subject.Own own -> history.number(domain, own.column(), row);
            case Subject.Ratio ratio -> {
                OptionalDouble value = history.number(domain, ratio.column(), row);
                OptionalDouble divisor = history.number(domain, ratio.divisor(), row);
                yield value.isPresent() && divisor.isPresent() && divisor.getAsDouble() != 0
                        ? OptionalDouble.of(value.getAsDouble() / divisor.getAsDouble())
                        : OptionalDouble.empty();
            }
            case Subject.Day _, Subject.OfPerson _, Subject.OfVisit _, Subject.OfProvider _, Subject.OfCareSite _ ->
                throw new IllegalArgumentException("No number: " + subject);
        };
    }

    private OptionalInt concept(Subject subject, Domain domain, int row) {
        return switch (subject) {
            case Subject.Own own -> history.whole(domain, own.column(), row);
            case Subject.OfPerson person -> history.ofPerson(person.column());
            case Subject.OfProvider provider -> {
                OptionalLong key = history.identifier(domain, domain.table().column("provider_id"), row);
                yield key.isPresent() ? history.ofReference(provider.column(), key.getAsLong()) : OptionalInt.empty();
            }
            case Subject.OfCareSite careSite ->
                history.ofReference(careSite.column(), careSiteOf(domain, row).orElseThrow());
            case Subject.Day _, Subject.Age _, Subject.Duration _, Subject.Ratio _, Subject.OfVisit _ ->
                throw new IllegalArgumentException("No concept: " + subject);
        };
    }

    private boolean hasCareSite(Subject.OfCareSite careSite, Domain domain, int row) {
        OptionalLong key = careSiteOf(domain, row);
        return key.isPresent() && history.isInReference(careSite.column(), key.getAsLong());
    }

    private OptionalLong careSiteOf(Domain domain, int row) {
        return history.identifier(domain, domain.table().column("care_site_id"), row);
    }

    private boolean isAbnormal(Domain domain, int row) {
        CdmTable table = domain.table();
        OptionalDouble value = history.number(domain, table.column("value_as_number"), row);
        OptionalDouble low = history.number(domain, table.column("range_low"), row);
        OptionalDouble high = history.number(domain, table.column("range_high"), row);
        OptionalInt concept = history.whole(domain, table.column("value_as_concept_id"), row);
        boolean isLow = value.isPresent() && low.isPresent() && value.getAsDouble() < low.getAsDouble();
        boolean isHigh = value.isPresent() && high.isPresent() && value.getAsDouble() > high.getAsDouble();
        boolean saysSo = concept.isPresent() && HIGH_OR_LOW.contains(concept.getAsInt());
        return isLow || isHigh || saysSo;
    }

    private static boolean matches(TextPattern pattern, String value) {
        StringBuilder expression = new StringBuilder();
        if (pattern.where() != TextPattern.Where.START) {
            expression.append(".*");
        }
        pattern.text()
                .codePoints()
                .forEach(letter -> expression.append(
                        switch (letter) {
                            case '%' -> ".*";
                            case '_' -> ".";
                            default -> Pattern.quote(Character.toString(letter));
                        }));
        if (pattern.where() != TextPattern.Where.END) {
            expression.append(".*");
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL)
                        .matcher(value)
                        .matches()
                != pattern.isNegated();
    }

    private static boolean needsPerson(Subject subject) {
        return subject instanceof Subject.Age || subject instanceof Subject.OfPerson;
    }

    /** The visit of a record. */
    OptionalLong visit(Domain domain, int row) {
        Optional<CdmColumn> column = RecordColumns.visit(domain);
        return column.isEmpty() ? OptionalLong.empty() : history.identifier(domain, column.get(), row);
    }
}
