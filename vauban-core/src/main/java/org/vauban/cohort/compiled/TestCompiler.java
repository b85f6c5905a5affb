package org.vauban.cohort.compiled;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.vauban.cohort.AttributeTest;
import org.vauban.cohort.NumberRange;
import org.vauban.cohort.RecordColumns;
import org.vauban.cohort.Subject;
import org.vauban.cohort.TextPattern;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.ColumnKind;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Persons;
import org.vauban.trajectory.ReferenceColumn;
import org.vauban.trajectory.Trajectories;

/** Turns attribute tests into closures over a bucket's arrays. */
final class TestCompiler {
    private static final int ABNORMALLY_HIGH = 4155142;
    private static final int ABNORMALLY_LOW = 4155143;

    private final Batch batch;
    private final Trajectories bucket;
    private final Persons persons;
    private final Cursor cursor;

    TestCompiler(Batch batch, Trajectories bucket, Cursor cursor) {
        this.batch = batch;
        this.bucket = bucket;
        this.persons = bucket.persons();
        this.cursor = cursor;
    }

    /** All tests that are about the record, its person, provider or care site. */
    RowTest all(List<AttributeTest> tests, Domain domain) {
        RowTest[] compiled = tests.stream()
                .filter(test -> !(test.subject() instanceof Subject.OfVisit))
                .map(test -> compile(test, domain))
                .toArray(RowTest[]::new);
        return switch (compiled.length) {
            case 0 -> RowTest.ALWAYS;
            case 1 -> compiled[0];
            default ->
                (row, start, end) -> {
                    for (RowTest test : compiled) {
                        if (!test.holds(row, start, end)) {
                            return false;
                        }
                    }
                    return true;
                };
        };
    }

    /** How many of the person's visits are the record's and pass the tests on visits; nothing when there are none. */
    @Nullable
    IntUnaryOperator visits(List<AttributeTest> tests, Domain domain) {
        IntPredicate[] compiled = tests.stream()
                .filter(test -> test.subject() instanceof Subject.OfVisit)
                .map(this::visitTest)
                .toArray(IntPredicate[]::new);
        if (compiled.length == 0) {
            return null;
        }
        long[] own = bucket.events(domain).longs(RecordColumns.visit(domain).orElseThrow());
        Events visits = bucket.events(Domain.VISIT_OCCURRENCE);
        long[] ids = visits.longs(CdmTable.VISIT_OCCURRENCE.column("visit_occurrence_id"));
        return row -> {
            long wanted = own[row];
            int found = 0;
            if (!Absent.is(wanted)) {
                int to = visits.to(cursor.person);
                for (int visit = visits.from(cursor.person); visit < to; visit++) {
                    if (ids[visit] == wanted && holdsAll(compiled, visit)) {
                        found++;
                    }
                }
            }
            return found;
        };
    }

    private static boolean holdsAll(IntPredicate[] tests, int visit) {
        for (IntPredicate test : tests) {
            if (!test.test(visit)) {
                return false;
            }
        }
        return true;
    }

    private IntPredicate visitTest(AttributeTest test) {
        int[] concepts = bucket.events(Domain.VISIT_OCCURRENCE).ints(((Subject.OfVisit) test.subject()).column());
        IntPredicate holds = conceptTest(test);
        return visit -> holds.test(concepts[visit]);
    }

    private RowTest compile(AttributeTest test, Domain domain) {
        return switch (test) {
            case AttributeTest.NumberTest number -> numberTest(number, domain);
            case AttributeTest.DayTest day ->
                day.subject() == Subject.Day.START
                        ? (_, start, _) -> day.range().contains(start)
                        : (_, _, end) -> !Absent.is(end) && day.range().contains(end);
            case AttributeTest.ConceptTest _, AttributeTest.ConceptSetTest _ -> conceptTest(test, domain);
            case AttributeTest.TextTest text -> textTest(text, domain);
            case AttributeTest.AbnormalTest _ -> abnormalTest(domain);
        };
    }

    private RowTest numberTest(AttributeTest.NumberTest test, Domain domain) {
        NumberRange range = test.range();
        return switch (test.subject()) {
            case Subject.Age age -> {
                int[] born = persons.ints(CdmTable.PERSON.column("year_of_birth"));
                boolean atStart = age.at() == Subject.Day.START;
                yield (_, start, end) -> {
                    int year = born[cursor.person];
                    int day = atStart ? start : end;
                    return !Absent.is(year) && !Absent.is(day) && range.contains(Years.of(day) - year);
                };
            }
            case Subject.Duration _ -> (_, start, end) -> !Absent.is(end) && range.contains(end - start);
            case Subject.Own own -> {
                Numbers values = numbers(domain, own.column());
                yield (row, _, _) -> {
                    double value = values.at(row);
                    return !Absent.is(value) && range.contains(value);
                };
            }
            case Subject.Ratio ratio -> {
                Numbers values = numbers(domain, ratio.column());
                Numbers divisors = numbers(domain, ratio.divisor());
                yield (row, _, _) -> {
                    double divisor = divisors.at(row);
                    // A missing value makes the quotient missing, too.
                    double quotient = divisor == 0 ? Absent.DOUBLE : values.at(row) / divisor;
                    return !Absent.is(quotient) && range.contains(quotient);
                };
            }
            case Subject.Day _, Subject.OfPerson _, Subject.OfVisit _, Subject.OfProvider _, Subject.OfCareSite _ ->
                throw new IllegalArgumentException("No number: " + test.field());
        };
    }

    /** A column as numbers, missing ones not a number. */
    private interface Numbers {
        double at(int row);
    }

    private Numbers numbers(Domain domain, CdmColumn column) {
        if (ColumnKind.of(column) == ColumnKind.DOUBLE) {
            double[] values = bucket.events(domain).doubles(column);
            return row -> values[row];
        }
        int[] values = bucket.events(domain).ints(column);
        return row -> Absent.is(values[row]) ? Absent.DOUBLE : values[row];
    }

    private RowTest conceptTest(AttributeTest test, Domain domain) {
        IntPredicate holds = conceptTest(test);
        return switch (test.subject()) {
            case Subject.Own own -> {
                int[] concepts = bucket.events(domain).ints(own.column());
                yield (row, _, _) -> holds.test(concepts[row]);
            }
            case Subject.OfPerson person -> {
                int[] concepts = persons.ints(person.column());
                yield (_, _, _) -> persons.isKnown(cursor.person) && holds.test(concepts[cursor.person]);
            }
            case Subject.OfProvider provider -> {
                long[] keys = bucket.events(domain).longs(domain.table().column("provider_id"));
                ReferenceColumn specialties = bucket.reference(provider.column());
                yield (row, _, _) -> holds.test(Absent.is(keys[row]) ? Absent.INT : specialties.value(keys[row]));
            }
            case Subject.OfCareSite careSite -> {
                long[] keys = bucket.events(domain).longs(domain.table().column("care_site_id"));
                ReferenceColumn places = bucket.reference(careSite.column());
                yield (row, _, _) ->
                        !Absent.is(keys[row]) && places.has(keys[row]) && holds.test(places.value(keys[row]));
            }
            case Subject.Day _, Subject.Age _, Subject.Duration _, Subject.Ratio _, Subject.OfVisit _ ->
                throw new IllegalArgumentException("No concept: " + test.field());
        };
    }

    /** The test of a concept that may be absent. */
    private IntPredicate conceptTest(AttributeTest test) {
        return switch (test) {
            case AttributeTest.ConceptTest list -> {
                int[] concepts = list.concepts().stream()
                        .mapToInt(Integer::intValue)
                        .sorted()
                        .toArray();
                boolean excluded = list.isExcluded();
                yield concept -> !Absent.is(concept) && ConceptSetPool.contains(concepts, concept) != excluded;
            }
            case AttributeTest.ConceptSetTest set -> conceptSetTest(set.conceptSet(), set.isExcluded());
            case AttributeTest.NumberTest _,
                    AttributeTest.DayTest _,
                    AttributeTest.TextTest _,
                    AttributeTest.AbnormalTest _ -> throw new IllegalArgumentException("No concept: " + test.field());
        };
    }

    private IntPredicate conceptSetTest(OptionalInt number, boolean excluded) {
        if (number.isEmpty()) {
            return concept -> Absent.is(concept) == excluded;
        }
        int[] concepts = batch.concepts(number.getAsInt());
        if (excluded && concepts.length == 0) {
            return _ -> true;
        }
        return concept -> !Absent.is(concept) && ConceptSetPool.contains(concepts, concept) != excluded;
    }

    private RowTest textTest(AttributeTest.TextTest test, Domain domain) {
        @Nullable String[] texts = bucket.events(domain).texts(((Subject.Own) test.subject()).column());
        TextPattern pattern = test.pattern();
        int[] wanted = pattern(pattern);
        return (row, _, _) -> {
            String text = texts[row];
            return text != null && isLike(text.codePoints().toArray(), wanted) != pattern.isNegated();
        };
    }

    /** The pattern as code points, with open ends written out. */
    private static int[] pattern(TextPattern pattern) {
        String written = switch (pattern.where()) {
            case START -> pattern.text() + '%';
            case END -> '%' + pattern.text();
            case ANYWHERE -> '%' + pattern.text() + '%';
        };
        return written.codePoints().toArray();
    }

    /** SQL's LIKE: goes back to the last {@code %} when the text and the pattern part. */
    private static boolean isLike(int[] text, int[] pattern) {
        int at = 0;
        int wanted = 0;
        int lastAny = -1;
        int textAfterAny = 0;
        while (at < text.length) {
            if (wanted < pattern.length && pattern[wanted] == '%') {
                lastAny = wanted++;
                textAfterAny = at;
            } else if (wanted < pattern.length && (pattern[wanted] == '_' || pattern[wanted] == text[at])) {
                wanted++;
                at++;
            } else if (lastAny >= 0) {
                wanted = lastAny + 1;
                at = ++textAfterAny;
            } else {
                return false;
            }
        }
        while (wanted < pattern.length && pattern[wanted] == '%') {
            wanted++;
        }
        return wanted == pattern.length;
    }

    private RowTest abnormalTest(Domain domain) {
        CdmTable table = domain.table();
        Numbers values = numbers(domain, table.column("value_as_number"));
        Numbers lows = numbers(domain, table.column("range_low"));
        Numbers highs = numbers(domain, table.column("range_high"));
        int[] concepts = bucket.events(domain).ints(table.column("value_as_concept_id"));
        // Comparisons with a missing number are false.
        return (row, _, _) -> values.at(row) < lows.at(row)
                || values.at(row) > highs.at(row)
                || concepts[row] == ABNORMALLY_HIGH
                || concepts[row] == ABNORMALLY_LOW;
    }
}
