package org.vauban.cohort.compiled;

import org.vauban.trajectory.Absent;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Trajectories;

/** The observation periods of the person whose turn it is. */
final class Periods {
    private final Cursor cursor;
    private final Events events;
    private final int[] starts;
    private final int[] ends;

    Periods(Trajectories bucket, Cursor cursor) {
        this.cursor = cursor;
        this.events = bucket.events(Domain.OBSERVATION_PERIOD);
        this.starts = events.startDays();
        this.ends = events.endDays();
    }

    int from() {
        return events.from(cursor.person);
    }

    int to() {
        return events.to(cursor.person);
    }

    int start(int period) {
        return starts[period];
    }

    int end(int period) {
        return ends[period];
    }

    boolean covers(int period, int day) {
        return starts[period] <= day && day <= ends[period] && !Absent.is(ends[period]);
    }
}
