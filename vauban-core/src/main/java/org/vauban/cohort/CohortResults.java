package org.vauban.cohort;

import java.util.List;

/** The results of one evaluation, in the order of the definitions. */
public record CohortResults(List<CohortResult> all) {
    public CohortResults {
        all = List.copyOf(all);
    }

    public CohortResult result(int definition) {
        return all.get(definition);
    }

    public int size() {
        return all.size();
    }
}
