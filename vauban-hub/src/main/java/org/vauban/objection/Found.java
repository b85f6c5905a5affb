package org.vauban.objection;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vauban.problem.ProblemCode;

/**
 * What the identity zone and the editions' directories say.
 *
 * @param lists how many lists the zone has
 * @param records how many records they have
 * @param editions of each edition in which people can be found the numbers of those who object, ascending
 * @param unreached editions in which nobody can be found, and why
 */
record Found(
        int lists, int records, SortedMap<String, List<Integer>> editions, SortedMap<String, ProblemCode> unreached) {
    Found {
        editions = Collections.unmodifiableSortedMap(new TreeMap<>(editions));
        unreached = Collections.unmodifiableSortedMap(new TreeMap<>(unreached));
    }
}
