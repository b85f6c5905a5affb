package org.vauban.app.cli;

import org.vauban.cohort.EvaluationProgress;

/** Tells how far an evaluation is and how long it will still take, and stops it when nobody waits for it any more. */
final class BucketWatch implements EvaluationProgress {
    private static final double NANOS_IN_A_SECOND = 1e9;
    private static final long SECONDS_TOLD_AS_MINUTES = 120;

    private final Call call;
    private final long began = System.nanoTime();

    BucketWatch(Call call) {
        this.call = call;
    }

    @Override
    public void bucketDone(int done, int buckets) {
        if (done == buckets) {
            return;
        }
        double seconds = (System.nanoTime() - began) / NANOS_IN_A_SECOND;
        long left = Math.round(seconds / done * (buckets - done));
        call.progress("  "
                + (left < SECONDS_TOLD_AS_MINUTES
                        ? call.words().say("progress.seconds", done, buckets, left)
                        : call.words().say("progress.minutes", done, buckets, (left + 30) / 60)));
    }

    @Override
    public boolean isCancelled() {
        return call.terminal().isGone();
    }
}
