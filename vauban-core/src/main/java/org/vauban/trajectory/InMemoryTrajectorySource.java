package org.vauban.trajectory;

import java.util.List;
import org.vauban.vocabulary.Vocabulary;

/**
 * Buckets that are already in memory. It hands out the needed columns alone, so that an evaluation which forgot to name a column
 * fails here as it would on an edition.
 */
public final class InMemoryTrajectorySource implements TrajectorySource {
    private final List<Trajectories> buckets;
    private final Vocabulary vocabulary;

    public InMemoryTrajectorySource(List<Trajectories> buckets, Vocabulary vocabulary) {
        this.buckets = List.copyOf(buckets);
        this.vocabulary = vocabulary;
    }

    @Override
    public int buckets() {
        return buckets.size();
    }

    @Override
    public Trajectories read(int bucket, Needs needs) {
        return buckets.get(bucket).only(needs);
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }
}
