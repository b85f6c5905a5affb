package org.vauban.study;

import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.vocabulary.Vocabulary;

/** A bucket that was read already, as a source: cohorts and follow-up of a study share one reading. */
record OneBucket(Trajectories bucket, Vocabulary vocabulary) implements TrajectorySource {
    @Override
    public int buckets() {
        return 1;
    }

    @Override
    public Trajectories read(int index, Needs needs) {
        return bucket.only(needs);
    }
}
