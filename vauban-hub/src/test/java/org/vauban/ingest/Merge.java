package org.vauban.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.ColumnKind;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.RowsBuilder;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectoriesBuilder;
import org.vauban.trajectory.TrajectorySource;

/** Puts the buckets of a small source together, so that a test can look at all persons at once. */
final class Merge {
    private Merge() {}

    private record Row(Trajectories bucket, int person, int row) {}

    static Trajectories of(TrajectorySource source, Needs needs) {
        var builder = new TrajectoriesBuilder(needs);
        List<Trajectories> buckets = new ArrayList<>();
        for (int bucket = 0; bucket < source.buckets(); bucket++) {
            buckets.add(source.read(bucket, needs));
        }
        List<Row> persons = new ArrayList<>();
        for (Trajectories bucket : buckets) {
            for (int person = 0; person < bucket.persons().size(); person++) {
                persons.add(new Row(bucket, person, 0));
            }
        }
        persons.sort(Comparator.comparingLong(row -> row.bucket().persons().id(row.person())));
        for (Row row : persons) {
            builder.persons().addPerson(row.bucket().persons().id(row.person()));
            for (CdmColumn column : needs.columns()) {
                if (column.table() == CdmTable.PERSON) {
                    builder.persons().ints(column).set(row.bucket().persons().ints(column)[row.person()]);
                }
            }
        }
        for (Domain domain : Domain.values()) {
            if (needs.reads(domain.table())) {
                RowsBuilder rows = builder.events(domain);
                for (Row person : persons) {
                    copy(person.bucket(), person.person(), domain, needs, rows);
                }
            }
        }
        for (CdmColumn column : needs.columns()) {
            if (column.table() == CdmTable.PROVIDER) {
                builder.reference(buckets.getFirst().reference(column));
            }
        }
        return builder.build();
    }

    private static void copy(Trajectories bucket, int person, Domain domain, Needs needs, RowsBuilder rows) {
        Events events = bucket.events(domain);
        for (int row = events.from(person); row < events.to(person); row++) {
            rows.addEvent(bucket.persons().id(person), events.startDays()[row], events.ranks()[row]);
            for (CdmColumn column : needs.columns()) {
                if (column.table() == domain.table() && !column.equals(domain.startColumn())) {
                    switch (ColumnKind.of(column)) {
                        case INT -> rows.ints(column).set(events.ints(column)[row]);
                        case LONG -> rows.longs(column).set(events.longs(column)[row]);
                        case DOUBLE -> rows.doubles(column).set(events.doubles(column)[row]);
                        case TEXT -> {
                            String text = Arrays.asList(events.texts(column)).get(row);
                            if (text != null) {
                                rows.texts(column).set(text);
                            }
                        }
                    }
                }
            }
        }
    }
}
