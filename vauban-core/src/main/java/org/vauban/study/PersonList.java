package org.vauban.study;

import java.util.Arrays;
import org.vauban.output.PersonSet;

/** A growing list of persons, each bucket adding its own. */
final class PersonList {
    private long[] persons = new long[16];
    private int size;

    void add(long person) {
        if (size == persons.length) {
            persons = Arrays.copyOf(persons, size * 2);
        }
        persons[size++] = person;
    }

    PersonSet set() {
        return PersonSet.of(Arrays.copyOf(persons, size));
    }
}
