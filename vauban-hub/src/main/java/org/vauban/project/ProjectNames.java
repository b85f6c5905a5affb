package org.vauban.project;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.vauban.custody.Keys;
import org.vauban.custody.Lease;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.ColumnRole;
import org.vauban.permit.ProjectId;

/**
 * What a project calls persons and rows, instead of the numbers that the edition has for them: those are the same in every project, and
 * whoever sees two projects could join people by a visit as well as by a person.
 */
public final class ProjectNames implements AutoCloseable {
    private final Keys keys;
    private final ProjectId project;
    private final Lease lease;
    private final Pseudonyms persons;
    private final Map<String, Pseudonyms> rows = new ConcurrentHashMap<>();

    ProjectNames(Keys keys, ProjectId project, Lease lease) {
        this.keys = keys;
        this.project = project;
        this.lease = lease;
        this.persons = new Pseudonyms(keys, project, lease);
    }

    /** The same name as in the project's results. */
    public long person(long id) {
        return persons.applyAsLong(id);
    }

    /** The name of the row that a key or a reference names; a key and the references to it agree. */
    public long row(CdmColumn column, long id) {
        String kind = column.role() == ColumnRole.KEY
                ? column.table().tableName()
                : column.refersTo().map(CdmTable::tableName).orElse("event");
        return rows.computeIfAbsent(kind, each -> new Pseudonyms(keys, project, each + " row", lease))
                .applyAsLong(id);
    }

    /** Forgets the keys behind the names. */
    @Override
    public void close() {
        persons.close();
        rows.values().forEach(Pseudonyms::close);
    }
}
