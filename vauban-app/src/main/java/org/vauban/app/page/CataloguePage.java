package org.vauban.app.page;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.vauban.hub.Hub;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.publication.PublishedEdition;

/** The catalogue: which editions there are and what tables they have. Numbers of persons are outputs, so none stands here. */
@Controller
final class CataloguePage {
    private final Hub hub;
    /** An edition never changes, so what is shown of it is asked for once. */
    private final Map<EditionId, List<ShownTable>> tables = new ConcurrentHashMap<>();

    CataloguePage(Hub hub) {
        this.hub = hub;
    }

    /** A table and its columns. */
    public record ShownTable(String name, List<String> columns) {
        public ShownTable {
            columns = List.copyOf(columns);
        }
    }

    /** An edition as the page shows it. */
    public record ShownEdition(String id, String published, String root, List<ShownTable> tables) {}

    @GetMapping("/catalogue")
    String catalogue(Model model, Locale language) {
        model.addAttribute(
                "editions",
                hub.publications().list().stream()
                        .map(edition -> shown(edition, language))
                        .toList());
        return "catalogue";
    }

    private ShownEdition shown(PublishedEdition edition, Locale language) {
        return new ShownEdition(
                edition.id().value(),
                Days.written(LocalDate.ofInstant(edition.published(), ZoneOffset.UTC), language),
                edition.root(),
                tables.computeIfAbsent(edition.id(), this::tablesOf));
    }

    private List<ShownTable> tablesOf(EditionId id) {
        return hub.publications().open(id).rows().keySet().stream()
                .map(CataloguePage::table)
                .toList();
    }

    private static ShownTable table(CdmTable table) {
        return new ShownTable(
                table.tableName(), table.columns().stream().map(CdmColumn::name).toList());
    }
}
