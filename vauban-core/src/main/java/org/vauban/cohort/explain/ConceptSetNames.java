package org.vauban.cohort.explain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vauban.vocabulary.ConceptSet;

/** What concept sets are called: by their names, and by their numbers too where a name says too little. */
final class ConceptSetNames {
    private final Map<Integer, String> names = new HashMap<>();

    ConceptSetNames(List<ConceptSet> sets, Wording wording) {
        for (ConceptSet set : sets) {
            boolean isAlone = sets.stream()
                    .noneMatch(other -> other.id() != set.id()
                            && other.name().strip().equals(set.name().strip()));
            String key = set.name().isBlank() ? "set.unnamed" : isAlone ? "set.named" : "set.numbered";
            names.put(set.id(), wording.text(key, set.name().strip(), set.id()));
        }
    }

    String of(int id) {
        return names.getOrDefault(id, String.valueOf(id));
    }
}
