package org.vauban.cohort.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vauban.omop.CdmColumn;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.ColumnKind;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Trajectories;

/** Everything known about one person, one value at a time. */
final class History {
    private final Trajectories bucket;
    private final int person;

    History(Trajectories bucket, int person) {
        this.bucket = bucket;
        this.person = person;
    }

    /** The rows of a domain, by start day, then rank. */
    List<Integer> rows(Domain domain) {
        Events events = bucket.events(domain);
        List<Integer> rows = new ArrayList<>();
        for (int row = events.from(person); row < events.to(person); row++) {
            rows.add(row);
        }
        return rows;
    }

    int start(Domain domain, int row) {
        return bucket.events(domain).startDays()[row];
    }

    OptionalInt end(Domain domain, int row) {
        int day = bucket.events(domain).endDays()[row];
        return Absent.is(day) ? OptionalInt.empty() : OptionalInt.of(day);
    }

    long rank(Domain domain, int row) {
        return bucket.events(domain).ranks()[row];
    }

    /** A concept, a count or a day of a record. */
    OptionalInt whole(Domain domain, CdmColumn column, int row) {
        int value = bucket.events(domain).ints(column)[row];
        return Absent.is(value) ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** Any number of a record. */
    OptionalDouble number(Domain domain, CdmColumn column, int row) {
        if (ColumnKind.of(column) == ColumnKind.DOUBLE) {
            double value = bucket.events(domain).doubles(column)[row];
            return Absent.is(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
        OptionalInt value = whole(domain, column, row);
        return value.isPresent() ? OptionalDouble.of(value.getAsInt()) : OptionalDouble.empty();
    }

    OptionalLong identifier(Domain domain, CdmColumn column, int row) {
        long value = bucket.events(domain).longs(column)[row];
        return Absent.is(value) ? OptionalLong.empty() : OptionalLong.of(value);
    }

    Optional<String> text(Domain domain, CdmColumn column, int row) {
        return Optional.ofNullable(bucket.events(domain).texts(column)[row]);
    }

    /** Whether there is a row in PERSON. */
    boolean isKnown() {
        return bucket.persons().isKnown(person);
    }

    OptionalInt ofPerson(CdmColumn column) {
        int value = bucket.persons().ints(column)[person];
        return Absent.is(value) ? OptionalInt.empty() : OptionalInt.of(value);
    }

    boolean isInReference(CdmColumn column, long key) {
        return bucket.reference(column).has(key);
    }

    OptionalInt ofReference(CdmColumn column, long key) {
        int value = bucket.reference(column).value(key);
        return Absent.is(value) ? OptionalInt.empty() : OptionalInt.of(value);
    }

    List<Period> observationPeriods() {
        return rows(Domain.OBSERVATION_PERIOD).stream()
                .filter(row -> end(Domain.OBSERVATION_PERIOD, row).isPresent())
                .map(row -> new Period(
                        start(Domain.OBSERVATION_PERIOD, row),
                        end(Domain.OBSERVATION_PERIOD, row).orElseThrow()))
                .toList();
    }
}
