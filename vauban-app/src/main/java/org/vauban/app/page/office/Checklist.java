package org.vauban.app.page.office;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.vauban.hub.Hub;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.publication.PublishedEdition;

/** What of an edition can be asked for: its tables and columns, to be ticked. */
@Component
final class Checklist {
    private final Hub hub;
    /** An edition never changes, so its tables are asked for once. */
    private final Map<EditionId, List<CdmTable>> tables = new ConcurrentHashMap<>();

    Checklist(Hub hub) {
        this.hub = hub;
    }

    /**
     * A table with its columns.
     *
     * @param asked how many of its columns are ticked
     */
    public record Table(String name, List<Column> columns, long asked) {}

    /** A column to be ticked. */
    public record Column(String name, String qualifiedName, boolean asked) {}

    List<String> editions() {
        return hub.publications().list().stream()
                .map(edition -> edition.id().value())
                .toList()
                .reversed();
    }

    Optional<EditionId> edition(String id) {
        return hub.publications().list().stream()
                .map(PublishedEdition::id)
                .filter(edition -> edition.value().equals(id))
                .findFirst();
    }

    /** The tables of an edition, with the columns that are asked for ticked. */
    List<Table> tables(EditionId edition, Collection<String> asked) {
        Set<String> ticked = Set.copyOf(asked);
        return tables.computeIfAbsent(edition, this::tablesOf).stream()
                .map(table -> table(table, ticked))
                .toList();
    }

    /** What everybody may read need not be asked for, and free text cannot be. */
    private List<CdmTable> tablesOf(EditionId edition) {
        return hub.publications().open(edition).rows().keySet().stream()
                .filter(table -> !table.isNarrative() && !table.isVocabulary())
                .toList();
    }

    private static Table table(CdmTable table, Set<String> ticked) {
        List<Column> columns = table.columns().stream()
                .map(column ->
                        new Column(column.name(), column.qualifiedName(), ticked.contains(column.qualifiedName())))
                .toList();
        return new Table(
                table.tableName(),
                columns,
                columns.stream().filter(Column::asked).count());
    }
}
