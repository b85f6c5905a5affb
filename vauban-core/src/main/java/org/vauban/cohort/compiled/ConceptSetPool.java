package org.vauban.cohort.compiled;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vauban.vocabulary.ConceptSet;
import org.vauban.vocabulary.Vocabulary;

/** The concept sets of a batch, each once: sets that stand for the same concepts share a number. */
final class ConceptSetPool {
    private final Vocabulary vocabulary;
    private final Map<List<ConceptSet.Item>, Integer> byItems = new HashMap<>();
    private final Map<IntBuffer, Integer> byConcepts = new HashMap<>();
    private final List<int[]> sets = new ArrayList<>();

    ConceptSetPool(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    int number(ConceptSet set) {
        return byItems.computeIfAbsent(set.items(), _ -> {
            int[] concepts = vocabulary.resolve(set);
            return byConcepts.computeIfAbsent(IntBuffer.wrap(concepts), _ -> {
                sets.add(concepts);
                return sets.size() - 1;
            });
        });
    }

    /** The concepts of a set, ascending. */
    int[] concepts(int number) {
        return sets.get(number);
    }

    static boolean contains(int[] concepts, int concept) {
        return Arrays.binarySearch(concepts, concept) >= 0;
    }
}
