package org.vauban.identity.linkage;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The pairs worth comparing: those that meet in a block of any pass, each once; in a small table, all.
 *
 * <p>A record asks its smallest blocks first, whose keys tell most, and leaves the others out once it has met enough partners. So the
 * pairs grow with the records and not with their square: the more people there are, the less a key of two coarse traits tells.
 */
final class Candidates {

    /** A block larger than this has a key that tells nothing. */
    private static final int BLOCK_MAX = 3_000;
    /** So many partners are enough: a person's own records are among those that share its rarest keys. */
    private static final int PARTNERS_ENOUGH = 40;
    /** A table with so few pairs is compared whole: then no pass can miss one. */
    private static final long PAIRS_FOR_ALL = 600_000;

    private final People people;
    private final long pairsPossible;
    private final List<Pass> passes;
    /** The blocks of each pass with the records that have no key of persons: whoever has one meets only those. */
    private final List<Pass.Blocks> keyless;

    private final int reference;
    private final int[] seenAt;
    private final Block[] blocks;
    private int call;
    private int met;

    Candidates(People people, Comparisons comparisons) {
        if (people.size() > Pass.RECORDS_MAX) {
            throw new IllegalArgumentException(
                    "A table has at most " + Pass.RECORDS_MAX + " records; found " + people.size() + ".");
        }
        this.people = people;
        this.pairsPossible = pairsPossible(people);
        this.reference = largestRegister(people);
        this.passes = pairsPossible <= PAIRS_FOR_ALL ? List.of() : Passes.of(people, comparisons);
        this.keyless = passes.stream()
                .map(pass -> pass.everybody().only(record -> people.keys()[record] == 0))
                .toList();
        this.seenAt = new int[people.size()];
        this.blocks = new Block[passes.size() * Pass.KEYS_PER_RECORD];
    }

    /** Those who share one key with a record. */
    private record Block(Pass.Blocks blocks, int begin, int end) {
        int size() {
            return end - begin;
        }
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
        int count = blocksOf(record);
        met = 0;
        for (int number = 0; number < count && met < PARTNERS_ENOUGH; number++) {
            Block block = blocks[number];
            for (int at = block.begin(); at < block.end(); at++) {
                offer(record, block.blocks().record(at), tell);
            }
        }
    }

    /** Finds the blocks that a record is in, the smallest first; returns how many. */
    private int blocksOf(int record) {
        int count = 0;
        for (int at = 0; at < passes.size(); at++) {
            Pass pass = passes.get(at);
            Pass.Blocks members = people.keys()[record] == 0 ? pass.everybody() : keyless.get(at);
            for (int number = 0; number < Pass.KEYS_PER_RECORD; number++) {
                int block = pass.block(record, number);
                if (block != Pass.NONE && members.end(block) - members.begin(block) <= BLOCK_MAX) {
                    blocks[count++] = new Block(members, members.begin(block), members.end(block));
                }
            }
        }
        Arrays.sort(blocks, 0, count, Comparator.comparingInt(Block::size));
        return count;
    }

    private void offer(int record, int partner, IntConsumer tell) {
        boolean metByTheOther = partner >= record && asks(partner);
        if (metByTheOther || partner == record || seenAt[partner] == call || !people.comparable(record, partner)) {
            return;
        }
        seenAt[partner] = call;
        met++;
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
