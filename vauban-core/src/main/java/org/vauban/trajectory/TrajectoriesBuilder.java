package org.vauban.trajectory;

import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;

/**
 * Collects one bucket from a reader, row by row, and refuses rows that are out of order: a query engine that silently loses an
 * order would otherwise give a wrong cohort that looks right.
 *
 * <pre>{@code
 * var builder = new TrajectoriesBuilder(needs);
 * RowsBuilder persons = builder.persons();
 * IntValues year = persons.ints(CdmTable.PERSON.column("year_of_birth"));
 * persons.addPerson(1);
 * year.set(1960);
 * RowsBuilder drugs = builder.events(Domain.DRUG_EXPOSURE);
 * IntValues concept = drugs.ints(Domain.DRUG_EXPOSURE.conceptColumn());
 * drugs.addEvent(1, startDay, rank);
 * concept.set(1118084);
 * Trajectories bucket = builder.build();
 * }</pre>
 *
 * Values that are not set stay absent. Each table is given at most once.
 */
public final class TrajectoriesBuilder {
    private final Needs needs;
    private final RowsBuilder persons;
    private final Map<Domain, RowsBuilder> events = new EnumMap<>(Domain.class);
    private final Map<CdmColumn, ReferenceColumn> references = new LinkedHashMap<>();

    /**
     * @param needs what the reader was asked to read; columns that the data lack come out absent, tables that they lack come out
     *     empty
     */
    public TrajectoriesBuilder(Needs needs) {
        this.needs = needs;
        this.persons = new RowsBuilder(CdmTable.PERSON, needs);
    }

    /** The rows of PERSON, by ascending person. */
    public RowsBuilder persons() {
        return persons;
    }

    /** The rows of a domain, by person, start day and rank. */
    public RowsBuilder events(Domain domain) {
        return events.computeIfAbsent(domain, each -> new RowsBuilder(each.table(), needs));
    }

    public void reference(ReferenceColumn column) {
        references.put(column.column(), column);
    }

    public Trajectories build() {
        long[] ids = everybody();
        BitSet known = new BitSet(ids.length);
        int[] places = new int[persons.size()];
        for (int row = 0; row < persons.size(); row++) {
            places[row] = Arrays.binarySearch(ids, persons.person(row));
            known.set(places[row]);
        }
        Map<Domain, Events> built = new LinkedHashMap<>();
        events.forEach((domain, rows) -> built.put(
                domain, new Events(domain, rows.offsets(ids), rows.ranks(), rows.columns(domain.startColumn()))));
        return new Trajectories(
                new Persons(ids, known, persons.spread(places, ids.length)), built, references, needs.columns());
    }

    /** The persons of all tables together, ascending. */
    private long[] everybody() {
        int rows = persons.size();
        for (RowsBuilder each : events.values()) {
            rows += each.distinctPersons();
        }
        long[] all = new long[rows];
        int filled = persons.copyDistinct(all, 0);
        for (RowsBuilder each : events.values()) {
            filled = each.copyDistinct(all, filled);
        }
        Arrays.sort(all, 0, filled);
        int distinct = 0;
        for (int i = 0; i < filled; i++) {
            if (distinct == 0 || all[distinct - 1] != all[i]) {
                all[distinct++] = all[i];
            }
        }
        return Arrays.copyOf(all, distinct);
    }
}
