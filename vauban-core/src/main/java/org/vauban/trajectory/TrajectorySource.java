package org.vauban.trajectory;

import org.vauban.vocabulary.Vocabulary;

/**
 * Where trajectories come from: a sealed edition under a grant, or the caller's own folder. A person lives in exactly one bucket,
 * so buckets can be evaluated one by one, in any order, on any machine.
 */
public interface TrajectorySource {
    int buckets();

    /** Reads the needed columns of one bucket into memory; the caller drops it before it asks for too many more. */
    Trajectories read(int bucket, Needs needs);

    /** The vocabulary that belongs to the data. */
    Vocabulary vocabulary();
}
