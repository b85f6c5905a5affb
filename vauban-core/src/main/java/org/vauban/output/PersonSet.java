package org.vauban.output;

import java.util.Arrays;
import java.util.stream.LongStream;

/** A set of persons of one edition, by the edition's own person ids. Ordered, immutable, and silent about who is in it. */
public final class PersonSet {
    private static final PersonSet EMPTY = new PersonSet(new long[0]);

    private final long[] persons;

    private PersonSet(long[] sortedDistinct) {
        this.persons = sortedDistinct;
    }

    public static PersonSet empty() {
        return EMPTY;
    }

    /** The distinct persons among those given, in any order. */
    public static PersonSet of(long... persons) {
        return new PersonSet(LongStream.of(persons).sorted().distinct().toArray());
    }

    public int size() {
        return persons.length;
    }

    public boolean contains(long person) {
        return Arrays.binarySearch(persons, person) >= 0;
    }

    /** The persons in ascending order. */
    public LongStream stream() {
        return LongStream.of(persons);
    }

    public PersonSet minus(PersonSet other) {
        return new PersonSet(
                LongStream.of(persons).filter(person -> !other.contains(person)).toArray());
    }

    public PersonSet and(PersonSet other) {
        return new PersonSet(LongStream.of(persons).filter(other::contains).toArray());
    }

    public PersonSet or(PersonSet other) {
        return of(LongStream.concat(stream(), other.stream()).toArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PersonSet set && Arrays.equals(persons, set.persons);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(persons);
    }

    @Override
    public String toString() {
        return "PersonSet";
    }
}
