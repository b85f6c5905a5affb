package org.vauban.pseudonym;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Who of a batch objects, as the zone answered. Lives in memory only, like every number of a person. */
public final class Objectors {
    private final List<ObjectionList> lists;
    private final int records;
    private final long[] persons;

    Objectors(List<ObjectionList> lists, int records, LongStream persons) {
        this.lists = List.copyOf(lists);
        this.records = records;
        this.persons = persons.sorted().distinct().toArray();
    }

    /**
     * A list that the zone has.
     *
     * @param taker who takes objections and gave it
     */
    public record ObjectionList(String id, String taker) {}

    /** The lists that were looked at, in the order in which they came. */
    public List<ObjectionList> lists() {
        return lists;
    }

    /** How many records the lists have. */
    public int records() {
        return records;
    }

    /** The hub's numbers of the persons. */
    public LongStream persons() {
        return Arrays.stream(persons);
    }

    public int size() {
        return persons.length;
    }

    public boolean has(long person) {
        return Arrays.binarySearch(persons, person) >= 0;
    }

    @Override
    public String toString() {
        return "Objectors[" + lists.size() + " lists]";
    }
}
