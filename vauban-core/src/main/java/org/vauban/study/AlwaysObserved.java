package org.vauban.study;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.ColumnKind;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;
import org.vauban.trajectory.Persons;
import org.vauban.trajectory.RowsBuilder;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectoriesBuilder;

/**
 * A copy of a bucket in which everybody is observed all the time. A cohort definition that is evaluated on it finds what is
 * recorded, whether the person was under observation or not; the study's design asks for observation afterwards.
 */
final class AlwaysObserved {
    private static final Domain OBSERVATION = Domain.OBSERVATION_PERIOD;

    private AlwaysObserved() {}

    static Trajectories of(Trajectories bucket, Needs definitions) {
        Needs needs = definitions.and(Needs.of(
                CdmTable.OBSERVATION_PERIOD,
                OBSERVATION.startColumn().name(),
                OBSERVATION.endColumn().orElseThrow().name()));
        var builder = new TrajectoriesBuilder(needs);
        persons(bucket.persons(), builder.persons(), needs);
        for (Domain domain : Domain.values()) {
            if (domain != OBSERVATION && needs.reads(domain.table())) {
                copy(bucket, domain, builder.events(domain), needs);
            }
        }
        RowsBuilder observation = builder.events(OBSERVATION);
        var end = observation.ints(OBSERVATION.endColumn().orElseThrow());
        for (int person = 0; person < bucket.persons().size(); person++) {
            observation.addEvent(
                    bucket.persons().id(person), (int) Period.ALWAYS.from().toEpochDay(), 0);
            end.set((int) Period.ALWAYS.to().toEpochDay());
        }
        for (CdmColumn column : needs.columns()) {
            if (column.table() == CdmTable.PROVIDER || column.table() == CdmTable.CARE_SITE) {
                builder.reference(bucket.reference(column));
            }
        }
        return builder.build();
    }

    private static void persons(Persons from, RowsBuilder to, Needs needs) {
        Set<CdmColumn> columns = columns(CdmTable.PERSON, needs);
        for (int person = 0; person < from.size(); person++) {
            if (from.isKnown(person)) {
                to.addPerson(from.id(person));
                for (CdmColumn column : columns) {
                    if (ColumnKind.of(column) == ColumnKind.INT) {
                        to.ints(column).set(from.ints(column)[person]);
                    }
                }
            }
        }
    }

    private static void copy(Trajectories bucket, Domain domain, RowsBuilder to, Needs needs) {
        Events events = bucket.events(domain);
        Set<CdmColumn> columns = columns(domain.table(), needs);
        columns.remove(domain.startColumn());
        for (int person = 0; person < bucket.persons().size(); person++) {
            for (int row = events.from(person); row < events.to(person); row++) {
                to.addEvent(bucket.persons().id(person), events.startDays()[row], events.ranks()[row]);
                for (CdmColumn column : columns) {
                    copy(events, row, column, to);
                }
            }
        }
    }

    private static void copy(Events from, int row, CdmColumn column, RowsBuilder to) {
        switch (ColumnKind.of(column)) {
            case INT -> to.ints(column).set(from.ints(column)[row]);
            case LONG -> to.longs(column).set(from.longs(column)[row]);
            case DOUBLE -> to.doubles(column).set(from.doubles(column)[row]);
            case TEXT -> {
                @Nullable String text = from.texts(column)[row];
                if (text != null) {
                    to.texts(column).set(text);
                }
            }
        }
    }

    private static Set<CdmColumn> columns(CdmTable table, Needs needs) {
        Set<CdmColumn> columns = new TreeSet<>(needs.columns());
        columns.removeIf(column -> column.table() != table);
        return columns;
    }
}
