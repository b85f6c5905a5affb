package org.vauban.identity.linkage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** The keys of the blocking passes. They are chosen so that two slips in different traits leave at least one pass whole. */
final class Passes {

    private static final String APART = "|";
    private static final int WHOLE_DATE = 8;

    private final int records;
    private final List<Pass> passes = new ArrayList<>();
    private final IntFunction<String> given;
    private final IntFunction<String> family;
    private final IntFunction<String> otherFamily;
    private final Optional<BirthDates> dates;
    private final Optional<Places> places;

    private Passes(People people, Comparisons comparisons) {
        this.records = people.size();
        this.given = sound(comparisons.givenNames());
        this.family = sound(comparisons.surnames(), 0);
        this.otherFamily = sound(comparisons.surnames(), 1);
        this.dates = comparisons.birthDates();
        this.places = comparisons.places();
    }

    static List<Pass> of(People people, Comparisons comparisons) {
        var passes = new Passes(people, comparisons);
        passes.names();
        passes.dates();
        passes.places();
        comparisons.identifiers().forEach(codes -> passes.codes(codes));
        comparisons.phones().forEach(codes -> passes.codes(codes));
        comparisons.streets().forEach(line -> passes.street(line));
        comparisons.others().stream().filter(Texts::telling).forEach(other -> passes.add(other::text));
        return passes.passes;
    }

    private void names() {
        // In the order of the alphabet, so that swapped names meet.
        passes.add(Pass.by(records, (record, number) -> {
            String one = given.apply(record);
            String other = (number == 0 ? family : otherFamily).apply(record);
            return one.isEmpty() || other.isEmpty()
                    ? ""
                    : one.compareTo(other) < 0 ? one + APART + other : other + APART + one;
        }));
    }

    private void dates() {
        if (dates.isEmpty()) {
            return;
        }
        BirthDates birth = dates.get();
        // Day and month in the order of their size, so that swapped ones meet.
        add(record -> {
            String date = birth.date(record);
            return date.length() < WHOLE_DATE
                    ? ""
                    : date.substring(4, 6).compareTo(date.substring(6)) <= 0
                            ? date
                            : date.substring(0, 4) + date.substring(6) + date.substring(4, 6);
        });
        addForNames(record -> part(birth.date(record), 0, 4), true);
        add(record -> both(given.apply(record), part(birth.date(record), 0, 4)));
        add(record -> both(given.apply(record), part(birth.date(record), 4, 8)));
        addForNames(record -> part(birth.date(record), 4, 8), false);
    }

    private void places() {
        if (places.isEmpty()) {
            return;
        }
        Places place = places.get();
        addForNames(place::postcode, true);
        addForNames(place::town, true);
        add(record -> both(given.apply(record), place.postcode(record)));
        add(record -> both(given.apply(record), place.town(record)));
        dates.ifPresent(birth -> {
            add(record -> both(part(birth.date(record), 0, 6), place.postcode(record)));
            add(record -> both(part(birth.date(record), 4, 8), place.postcode(record)));
            add(record -> both(part(birth.date(record), 0, 6), place.town(record)));
        });
    }

    private void codes(Codes codes) {
        if (codes.telling()) {
            add(codes::code);
        }
    }

    private void street(Streets line) {
        addForNames(line::line, true);
        add(record -> both(given.apply(record), line.line(record)));
        places.ifPresent(place -> {
            add(record -> both(line.line(record), place.postcode(record)));
            add(record -> both(line.line(record), place.town(record)));
        });
        dates.ifPresent(birth -> add(record -> both(line.line(record), part(birth.date(record), 0, 4))));
    }

    private void add(IntFunction<String> key) {
        passes.add(Pass.by(records, (record, number) -> number == 0 ? key.apply(record) : ""));
    }

    /** With each of a record's surnames: a married woman is met under both. */
    private void addForNames(IntFunction<String> key, boolean allNames) {
        passes.add(Pass.by(
                records,
                (record, number) -> number == 0
                        ? both(family.apply(record), key.apply(record))
                        : allNames ? both(otherFamily.apply(record), key.apply(record)) : ""));
    }

    private static String both(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? "" : one + APART + other;
    }

    private static String part(String date, int from, int to) {
        return date.length() < to ? "" : date.substring(from, to);
    }

    private static IntFunction<String> sound(Optional<GivenNames> names) {
        return names.<IntFunction<String>>map(given -> record -> Phonetic.of(given.first(record)))
                .orElse(_ -> "");
    }

    private static IntFunction<String> sound(Optional<Surnames> names, int column) {
        return names.filter(family -> column < family.columns())
                .<IntFunction<String>>map(family -> record -> Phonetic.of(family.name(column, record)))
                .orElse(_ -> "");
    }
}
