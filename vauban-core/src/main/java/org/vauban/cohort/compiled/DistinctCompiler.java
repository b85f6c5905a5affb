package org.vauban.cohort.compiled;

import org.jspecify.annotations.Nullable;
import org.vauban.cohort.CorrelatedCriterion;
import org.vauban.cohort.DistinctColumn;
import org.vauban.cohort.RecordColumns;
import org.vauban.cohort.compiled.CountProgram.DistinctValues;
import org.vauban.omop.CdmColumn;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.ColumnKind;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Trajectories;

/** Compiles what an occurrence counts in different values. */
final class DistinctCompiler {
    private DistinctCompiler() {}

    static @Nullable DistinctValues compile(CorrelatedCriterion correlated, Trajectories bucket) {
        DistinctColumn column = correlated.occurrence().distinct().orElse(null);
        return column == null ? null : compile(column, correlated.criterion().domain(), bucket);
    }

    private static DistinctValues compile(DistinctColumn column, Domain domain, Trajectories bucket) {
        return switch (column) {
            case START_DATE -> (events, event) -> events.starts[event];
            case END_DATE -> (events, event) -> day(events.end(event));
            case DURATION ->
                lastsOneDay(domain)
                        ? (_, _) -> 1
                        : (events, event) -> Absent.is(events.end(event))
                                ? DistinctValues.NONE
                                : events.end(event) - events.starts[event];
            case VISIT_ID -> (events, event) -> events.visit(event);
            case DAYS_SUPPLY,
                    DOMAIN_CONCEPT,
                    DOMAIN_SOURCE_CONCEPT,
                    ERA_OCCURRENCES,
                    GAP_DAYS,
                    QUANTITY,
                    RANGE_HIGH,
                    RANGE_LOW,
                    REFILLS,
                    UNIT,
                    VALUE_AS_NUMBER,
                    VISIT_DETAIL_ID -> ofColumn(RecordColumns.distinct(domain, column), domain, bucket.events(domain));
        };
    }

    private static DistinctValues ofColumn(CdmColumn column, Domain domain, Events records) {
        if (ColumnKind.of(column) == ColumnKind.DOUBLE) {
            double[] values = records.doubles(column);
            return (events, event) -> {
                double value = values[events.rows[event]];
                return Absent.is(value) ? DistinctValues.NONE : Double.doubleToLongBits(value);
            };
        }
        int[] values = records.ints(column);
        // A death without a cause counts as cause 0.
        long missing = domain == Domain.DEATH ? 0 : DistinctValues.NONE;
        return (events, event) -> {
            int value = values[events.rows[event]];
            return Absent.is(value) ? missing : value;
        };
    }

    private static long day(int day) {
        return Absent.is(day) ? DistinctValues.NONE : day;
    }

    private static boolean lastsOneDay(Domain domain) {
        return domain.endColumn().isEmpty();
    }
}
