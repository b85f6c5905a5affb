package org.vauban.permit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.vauban.document.Fields;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.trajectory.Period;

/** Reads how far a permit reaches from its document. */
final class ExtentReader {
    private ExtentReader() {}

    /** Nothing when something that it needs is wrong or missing; the problems say what. */
    static Optional<Extent> read(Fields fields) {
        List<EditionId> editions = editions(fields);
        Set<CdmColumn> columns = columns(fields);
        Period period = fields.optionalObject("period").map(ExtentReader::period).orElse(Period.ALWAYS);
        return editions.isEmpty() || columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new Extent(editions, columns, period));
    }

    private static List<EditionId> editions(Fields fields) {
        List<EditionId> editions = new ArrayList<>();
        for (String text : TermsReader.someOf(fields, "editions", "at least one edition")) {
            try {
                editions.add(new EditionId(text));
            } catch (IllegalArgumentException _) {
                fields.wrongValue("editions", "names such as e-7k2m9q4d", text);
            }
        }
        return editions;
    }

    private static Set<CdmColumn> columns(Fields fields) {
        Set<CdmColumn> columns = new TreeSet<>();
        Fields tables = fields.object("tables");
        for (String name : tables.names()) {
            Optional<CdmTable> table = CdmTable.named(name).filter(found -> !found.isNarrative());
            if (table.isEmpty()) {
                tables.node(name);
                tables.wrongValue(name, "a table of OMOP CDM 5.4 without free text", name);
                continue;
            }
            for (String column : tables.texts(name)) {
                table.get()
                        .find(column)
                        .ifPresentOrElse(columns::add, () -> tables.wrongValue(name, names(table.get()), column));
            }
        }
        if (columns.isEmpty()) {
            fields.wrongValue("tables", "at least one table with its columns", "none");
        }
        return columns;
    }

    private static String names(CdmTable table) {
        return table.columns().stream().map(CdmColumn::name).collect(Collectors.joining(", "));
    }

    private static Period period(Fields fields) {
        LocalDate from = fields.date("from");
        LocalDate to = fields.date("to");
        fields.noOthers();
        if (to.isBefore(from)) {
            fields.wrongValue("to", "a day not before " + from, to.toString());
            return Period.ALWAYS;
        }
        return new Period(from, to);
    }
}
