package org.vauban.identity.linkage;

import java.util.List;
import java.util.function.IntConsumer;

/** The pairs worth comparing: those that meet in a block of any pass, each once; in a small table, all. */
final class Candidates {

    /** A block larger than this has a key that tells nothing. */
    private static final int BLOCK_MAX = 3_000;
    /** A table with so few pairs is compared whole: then no pass can miss one. */
    private static final long PAIRS_FOR_ALL = 600_000;

    private final People people;
    private final long pairsPossible;
    private final List<Pass> passes;
    private final int reference;
    private final int[] seenAt;
    private int call;

    Candidates(People people, Comparisons comparisons) {
        if (people.size() > Pass.RECORDS_MAX) {
            throw new IllegalArgumentException(
                    "A table has at most " + Pass.RECORDS_MAX + " records; found " + people.size() + ".");
        }
        this.people = people;
        this.pairsPossible = pairsPossible(people);
        this.reference = largestRegister(people);
        this.passes = pairsPossible <= PAIRS_FOR_ALL ? List.of() : Passes.of(people, comparisons);
        this.seenAt = new int[people.size()];
    }

    /** How many pairs traits may join. */
    long pairsPossible() {
        return pairsPossible;
    }

    /** Whether this record asks for partners. Records of the largest register only answer, so that each pair is met once. */
    boolean asks(int record) {
        return people.source()[record] != reference;
    }

    /** Tells the partners proposed for a record that asks. */
    void partners(int record, IntConsumer tell) {
        call++;
        if (passes.isEmpty()) {
            for (int partner = 0; partner < people.size(); partner++) {
                offer(record, partner, tell);
            }
            return;
        }
        for (Pass pass : passes) {
            for (int number = 0; number < Pass.KEYS_PER_RECORD; number++) {
                long key = pass.key(record, number);
                if (key != 0) {
                    block(pass, key, record, tell);
                }
            }
        }
    }

    private void block(Pass pass, long key, int record, IntConsumer tell) {
        int begin = pass.begin(key);
        if (pass.isIn(key, begin + BLOCK_MAX)) {
            return;
        }
        for (int at = begin; pass.isIn(key, at); at++) {
            offer(record, pass.record(at), tell);
        }
    }

    private void offer(int record, int partner, IntConsumer tell) {
        boolean metByTheOther = partner >= record && asks(partner);
        if (metByTheOther || partner == record || seenAt[partner] == call || !people.comparable(record, partner)) {
            return;
        }
        seenAt[partner] = call;
        tell.accept(partner);
    }

    // All pairs, less those of one source that may not be joined, less those whose two keys decide.
    private static long pairsPossible(People people) {
        int sources = people.singles().length;
        long[] all = new long[sources];
        long[] keyed = new long[sources];
        for (int record = 0; record < people.size(); record++) {
            all[people.source()[record]]++;
            keyed[people.source()[record]] += people.keys()[record] == 0 ? 0 : 1;
        }
        long possible = 0;
        for (int one = 0; one < sources; one++) {
            if (people.withinSources() && !people.singles()[one]) {
                possible += (all[one] * (all[one] - 1) - keyed[one] * (keyed[one] - 1)) / 2;
            }
            for (int other = one + 1; other < sources; other++) {
                possible += all[one] * all[other] - keyed[one] * keyed[other];
            }
        }
        return possible;
    }

    private static int largestRegister(People people) {
        long[] sizes = new long[people.singles().length];
        for (int source : people.source()) {
            sizes[source]++;
        }
        int largest = -1;
        for (int source = 0; source < sizes.length; source++) {
            if (people.singles()[source] && (largest < 0 || sizes[source] > sizes[largest])) {
                largest = source;
            }
        }
        return largest;
    }
}
