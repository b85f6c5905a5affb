package org.vauban.identity.linkage;

import java.util.List;

/**
 * Who is who: a cluster for each record, and how sure each join is.
 *
 * @param cluster for each record the number of its cluster: the smallest record in it
 * @param certainty for each record the probability with which it was joined to what its cluster held already; 1 for
 *     records joined by key alone and for records alone in their cluster
 * @param pairs the pairs of records of one cluster that traits may join, first record before second
 * @param quality figures of the run
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of records; compared by nobody.
public record Links(int[] cluster, float[] certainty, List<Pair> pairs, Quality quality) {

    /**
     * Two records of one person.
     *
     * @param probability of being one person, from 0 to 1
     */
    public record Pair(int first, int second, double probability) {}

    /**
     * What the run looked at.
     *
     * @param pairsCompared pairs that a blocking pass proposed
     * @param pairsPossible pairs that could be made
     * @param joins joins that traits made
     * @param falseJoinsExpected the sum over those joins of the probability that they are wrong
     */
    public record Quality(long pairsCompared, long pairsPossible, int joins, double falseJoinsExpected) {}

    public Links {
        pairs = List.copyOf(pairs);
    }

    @Override
    public String toString() {
        return "Links[" + cluster.length + " records, " + pairs.size() + " pairs]";
    }
}
