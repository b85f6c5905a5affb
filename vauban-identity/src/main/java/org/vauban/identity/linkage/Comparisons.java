package org.vauban.identity.linkage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** All comparisons that a table of persons allows, in the order of a pair's levels. */
final class Comparisons {

    private final List<Comparison> all = new ArrayList<>();
    private final Optional<GivenNames> givenNames;
    private final Optional<Surnames> surnames;
    private final Optional<BirthDates> birthDates;
    private final Optional<Sexes> sexes;
    private final Optional<Places> places;
    private final Optional<BirthPlaces> birthPlaces;
    private final List<Streets> streets = new ArrayList<>();
    private final List<Codes> identifiers = new ArrayList<>();
    private final List<Codes> phones = new ArrayList<>();
    private final List<Texts> others = new ArrayList<>();

    Comparisons(People people) {
        var columns = new Columns(people);
        givenNames = columns.joined(Trait.GIVEN_NAME).map(GivenNames::new);
        surnames = columns.of(Trait.SURNAME).isEmpty()
                ? Optional.empty()
                : Optional.of(new Surnames(columns.of(Trait.SURNAME)));
        birthDates = BirthDateColumns.one(columns.of(Trait.BIRTH_DATE)).map(BirthDates::new);
        sexes = columns.first(Trait.SEX).map(Sexes::new);
        places = places(columns);
        birthPlaces = columns.first(Trait.BIRTH_PLACE).map(BirthPlaces::new);
        givenNames.ifPresent(all::add);
        surnames.ifPresent(all::add);
        birthDates.ifPresent(all::add);
        sexes.ifPresent(all::add);
        places.ifPresent(all::add);
        birthPlaces.ifPresent(all::add);
        List<Values> lines =
                columns.of(Trait.STREET).stream().map(Streets::lines).toList();
        lines.forEach(line -> streets.add(new Streets(line, lines)));
        columns.of(Trait.IDENTIFIER).forEach(column -> identifiers.add(new Codes(column, false, Codes::compact)));
        columns.of(Trait.PHONE).forEach(column -> phones.add(new Codes(column, true, Codes::phone)));
        columns.of(Trait.OTHER).forEach(column -> others.add(new Texts(column)));
        all.addAll(streets);
        all.addAll(identifiers);
        all.addAll(phones);
        all.addAll(others);
        columns.afterFirst(Trait.CITY).forEach(column -> all.add(new Texts(column)));
        columns.afterFirst(Trait.POSTCODE).forEach(column -> all.add(new Texts(column)));
    }

    List<Comparison> all() {
        return all;
    }

    int count() {
        return all.size();
    }

    Optional<GivenNames> givenNames() {
        return givenNames;
    }

    Optional<Surnames> surnames() {
        return surnames;
    }

    Optional<BirthDates> birthDates() {
        return birthDates;
    }

    Optional<Places> places() {
        return places;
    }

    List<Streets> streets() {
        return streets;
    }

    List<Codes> identifiers() {
        return identifiers;
    }

    List<Codes> phones() {
        return phones;
    }

    List<Texts> others() {
        return others;
    }

    /** Writes the level of every comparison of the pair. */
    void compare(int one, int other, byte[] levels) {
        int at = 0;
        int given = Comparison.MISSING;
        if (givenNames.isPresent()) {
            given = givenNames.get().compare(one, other);
            levels[at++] = (byte) given;
        }
        if (surnames.isPresent()) {
            int surname = surnames.get().compare(one, other);
            levels[at++] = (byte) surname;
            if (given > GivenNames.CLOSE && surname > GivenNames.CLOSE && swapped(one, other)) {
                // One slip explains both, so it is counted once.
                levels[at - 2] = (byte) GivenNames.SWAPPED;
                levels[at - 1] = Comparison.MISSING;
                given = 1;
            }
        }
        if (birthDates.isPresent()) {
            levels[at++] = (byte) birthDates.get().compare(one, other);
        }
        if (sexes.isPresent()) {
            levels[at++] = (byte) sexes.get().compare(one, other, given);
        }
        int place = Comparison.MISSING;
        if (places.isPresent()) {
            place = places.get().compare(one, other);
            levels[at++] = (byte) place;
        }
        if (birthPlaces.isPresent()) {
            levels[at++] = (byte) birthPlaces.get().compare(one, other, Places.same(place));
        }
        while (at < all.size()) {
            levels[at] = (byte) all.get(at).compare(one, other);
            at++;
        }
    }

    private boolean swapped(int one, int other) {
        GivenNames given = givenNames.orElseThrow();
        Surnames family = surnames.orElseThrow();
        for (int column = 0; column < family.columns(); column++) {
            String familyOfOne = family.name(column, one);
            for (int columnOfOther = 0; columnOfOther < family.columns(); columnOfOther++) {
                String familyOfOther = family.name(columnOfOther, other);
                boolean oneWay = given.first(one).equals(familyOfOther);
                boolean otherWay = given.first(other).equals(familyOfOne);
                if ((oneWay && (otherWay || Similarity.close(given.first(other), familyOfOne)))
                        || (otherWay && Similarity.close(given.first(one), familyOfOther))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Optional<Places> places(Columns columns) {
        Optional<String[]> towns = columns.first(Trait.CITY);
        Optional<String[]> postcodes = columns.first(Trait.POSTCODE);
        return towns.isEmpty() && postcodes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Places(towns.orElseGet(columns::empty), postcodes.orElseGet(columns::empty)));
    }

    /** The columns of a table by what they tell. */
    private record Columns(People people) {

        List<String[]> of(Trait trait) {
            return people.columns().stream()
                    .filter(column -> column.trait() == trait)
                    .map(People.Column::values)
                    .toList();
        }

        Optional<String[]> first(Trait trait) {
            return of(trait).stream().findFirst();
        }

        List<String[]> afterFirst(Trait trait) {
            return of(trait).stream().skip(1).toList();
        }

        /** Several columns as one: a first and a second given name. */
        Optional<String[]> joined(Trait trait) {
            List<String[]> columns = of(trait);
            if (columns.size() < 2) {
                return columns.stream().findFirst();
            }
            String[] joined = new String[people.size()];
            for (int record = 0; record < joined.length; record++) {
                int row = record;
                joined[record] = String.join(
                        " ",
                        columns.stream()
                                .map(column -> column[row])
                                .filter(value -> !Spelling.missing(value))
                                .toList());
            }
            return Optional.of(joined);
        }

        String[] empty() {
            String[] empty = new String[people.size()];
            Arrays.fill(empty, "");
            return empty;
        }
    }
}
