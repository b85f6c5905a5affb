package org.vauban.cohort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.vauban.output.PersonSet;

/** Stays in a cohort, by person and start day. A person may have several. Silent about who is in it. */
public final class CohortEntries {
    private final long[] persons;
    private final int[] startDays;
    private final int[] endDays;

    private CohortEntries(long[] persons, int[] startDays, int[] endDays) {
        this.persons = persons;
        this.startDays = startDays;
        this.endDays = endDays;
    }

    public int size() {
        return persons.length;
    }

    public long person(int entry) {
        return persons[entry];
    }

    /** First day, counted from 1970-01-01. */
    public int startDay(int entry) {
        return startDays[entry];
    }

    /** Last day, counted from 1970-01-01; not before the first. */
    public int endDay(int entry) {
        return endDays[entry];
    }

    /** Everybody who is in the cohort at some time. */
    public PersonSet persons() {
        return PersonSet.of(persons);
    }

    /** Number of different persons. */
    public int numberOfPersons() {
        int distinct = 0;
        for (int i = 0; i < persons.length; i++) {
            if (i == 0 || persons[i] != persons[i - 1]) {
                distinct++;
            }
        }
        return distinct;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CohortEntries entries
                && Arrays.equals(persons, entries.persons)
                && Arrays.equals(startDays, entries.startDays)
                && Arrays.equals(endDays, entries.endDays);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(startDays);
    }

    @Override
    public String toString() {
        return "CohortEntries[" + size() + "]";
    }

    /**
     * Collects stays in any order. What other builders have collected stays in their arrays until all is put together: what many buckets
     * give is copied once.
     */
    public static final class Builder {
        private static final int ENTRIES_AT_FIRST = 16;

        private long[] persons = new long[ENTRIES_AT_FIRST];
        private int[] startDays = new int[ENTRIES_AT_FIRST];
        private int[] endDays = new int[ENTRIES_AT_FIRST];
        private int size;
        private final List<Builder> others = new ArrayList<>();

        public void add(long person, int startDay, int endDay) {
            if (endDay < startDay) {
                throw new IllegalStateException("A stay in a cohort ends before it starts");
            }
            if (size == persons.length) {
                makeRoom(size * 2);
            }
            persons[size] = person;
            startDays[size] = startDay;
            endDays[size++] = endDay;
        }

        /** Adds what another one has collected, which collects no more. */
        public void addAll(Builder other) {
            if (other.size > 0) {
                others.add(other);
            }
            others.addAll(other.others);
        }

        private void makeRoom(int entries) {
            persons = Arrays.copyOf(persons, entries);
            startDays = Arrays.copyOf(startDays, entries);
            endDays = Arrays.copyOf(endDays, entries);
        }

        private void putTogether() {
            makeRoom(size + others.stream().mapToInt(other -> other.size).sum());
            for (Builder other : others) {
                System.arraycopy(other.persons, 0, persons, size, other.size);
                System.arraycopy(other.startDays, 0, startDays, size, other.size);
                System.arraycopy(other.endDays, 0, endDays, size, other.size);
                size += other.size;
            }
            others.clear();
        }

        /** The stays, by person and start day; the builder has given away what it had. */
        public CohortEntries build() {
            putTogether();
            if (isInOrder()) {
                return new CohortEntries(persons, startDays, endDays);
            }
            int[] order = IntStream.range(0, size)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingLong(i -> persons[i])
                            .thenComparingInt(i -> startDays[i])
                            .thenComparingInt(i -> endDays[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            return new CohortEntries(
                    IntStream.of(order).mapToLong(i -> persons[i]).toArray(),
                    IntStream.of(order).map(i -> startDays[i]).toArray(),
                    IntStream.of(order).map(i -> endDays[i]).toArray());
        }

        private boolean isInOrder() {
            for (int i = 1; i < size; i++) {
                boolean ordered = persons[i - 1] != persons[i]
                        ? persons[i - 1] < persons[i]
                        : startDays[i - 1] < startDays[i]
                                || (startDays[i - 1] == startDays[i] && endDays[i - 1] <= endDays[i]);
                if (!ordered) {
                    return false;
                }
            }
            return true;
        }
    }
}
