package org.vauban.trajectory;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.vauban.omop.CdmColumn;

/**
 * Which rows are there for a reader, and how precisely their days are told. A row that is not visible is absent: nothing that is computed
 * can tell it from one that never was.
 *
 * @param period events that start outside are left out; observation and payer periods are cut to it, and no day outside it is told
 * @param persons nobody else has a row
 * @param concepts of a domain that is in it, rows of these concepts alone
 * @param byMonth domains whose days are told as the first of their month
 */
public record VisibleRows(
        Period period, LongPredicate persons, Map<Domain, IntPredicate> concepts, Set<Domain> byMonth) {
    public VisibleRows {
        concepts = Map.copyOf(concepts);
        byMonth = Set.copyOf(byMonth);
    }

    /** Every row of everybody on these days. */
    public static VisibleRows within(Period period) {
        return new VisibleRows(period, _ -> true, Map.of(), Set.of());
    }

    /** The same without some persons. */
    public VisibleRows without(LongPredicate absent) {
        return new VisibleRows(period, absent.negate().and(persons), concepts, byMonth);
    }

    /** What must be read beside the needs of an evaluation to tell which rows are there. */
    public Needs neededFor(Needs needs) {
        Set<CdmColumn> deciding = concepts.keySet().stream()
                .filter(domain -> needs.reads(domain.table()))
                .map(Domain::conceptColumn)
                .collect(Collectors.toCollection(TreeSet::new));
        return new Needs(deciding);
    }
}
