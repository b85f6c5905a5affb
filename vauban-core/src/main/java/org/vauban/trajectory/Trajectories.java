package org.vauban.trajectory;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.vauban.omop.CdmColumn;

/**
 * One bucket: its persons in ascending order and, for each domain, their events. Immutable. It holds the columns that were asked
 * for and no others.
 */
public final class Trajectories {
    private final Persons persons;
    private final Map<Domain, Events> events;
    private final Map<CdmColumn, ReferenceColumn> references;
    private final Set<CdmColumn> read;

    Trajectories(
            Persons persons,
            Map<Domain, Events> events,
            Map<CdmColumn, ReferenceColumn> references,
            Set<CdmColumn> read) {
        this.persons = persons;
        this.events = new EnumMap<>(Domain.class);
        this.events.putAll(events);
        this.references = Map.copyOf(references);
        this.read = Set.copyOf(read);
    }

    public Persons persons() {
        return persons;
    }

    /** The events of a domain; none at all when the data have no such table. */
    public Events events(Domain domain) {
        Events found = events.get(domain);
        return found == null ? Events.none(domain, persons.size(), read) : found;
    }

    /** A column of PROVIDER or CARE_SITE; without any row when the data have no such table. */
    public ReferenceColumn reference(CdmColumn column) {
        ReferenceColumn found = references.get(column);
        if (found == null && !read.contains(column)) {
            throw new IllegalStateException(column + " was not read: it is not among the needs of this evaluation");
        }
        return found == null ? ReferenceColumn.of(column, new long[0], new int[0]) : found;
    }

    /** Rows of all domains. */
    public long size() {
        return events.values().stream().mapToLong(Events::size).sum();
    }

    /** The same bucket with the needed columns alone, as if only those had been read. */
    public Trajectories only(Needs needs) {
        Map<Domain, Events> kept = new LinkedHashMap<>();
        events.forEach((domain, rows) -> {
            if (needs.reads(domain.table())) {
                kept.put(domain, rows.only(needs.columns()));
            }
        });
        Map<CdmColumn, ReferenceColumn> keptReferences = new LinkedHashMap<>(references);
        keptReferences.keySet().retainAll(needs.columns());
        return new Trajectories(persons.only(needs.columns()), kept, keptReferences, needs.columns());
    }

    @Override
    public String toString() {
        return "Trajectories[" + persons.size() + " persons, " + size() + " events]";
    }
}
