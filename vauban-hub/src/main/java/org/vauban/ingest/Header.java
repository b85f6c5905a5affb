package org.vauban.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.Problems;

/** Which column of the model each field of a file is. Names of 5.3 are translated to those of 5.4. */
final class Header {
    /** Columns that 5.4 renamed, and one that 5.3 misspelt. */
    private static final Map<String, String> RENAMED = Map.of(
            "admitting_source_concept_id", "admitted_from_concept_id",
            "admitting_source_value", "admitted_from_source_value",
            "discharge_to_concept_id", "discharged_to_concept_id",
            "discharge_to_source_value", "discharged_to_source_value",
            "visit_detail_parent_id", "parent_visit_detail_id",
            "reveue_code_source_value", "revenue_code_source_value");

    /** Columns that 5.4 demands and 5.3 does not have. */
    private static final Set<String> NEW_IN_5_4 = Set.of("metadata.metadata_id", "cdm_source.cdm_version_concept_id");

    private final CdmTable table;
    private final @Nullable CdmColumn[] fields;
    private final List<String> unknown;
    private final Set<String> twice;

    private Header(CdmTable table, @Nullable CdmColumn[] fields, List<String> unknown, Set<String> twice) {
        this.table = table;
        this.fields = fields;
        this.unknown = List.copyOf(unknown);
        this.twice = Set.copyOf(twice);
    }

    static Header of(CdmTable table, List<String> names) {
        @Nullable CdmColumn[] fields = new @Nullable CdmColumn[names.size()];
        List<String> unknown = new ArrayList<>();
        List<CdmColumn> known = new ArrayList<>();
        for (int index = 0; index < fields.length; index++) {
            String name = names.get(index).strip().toLowerCase(Locale.ROOT).replace("\"", "");
            Optional<CdmColumn> column = table.find(RENAMED.getOrDefault(name, name));
            fields[index] = column.orElse(null);
            column.ifPresentOrElse(known::add, () -> unknown.add(name));
        }
        Set<String> twice =
                known.stream()
                        .collect(Collectors.groupingBy(CdmColumn::name, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .filter(name -> name.getValue() > 1)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        return new Header(table, fields, unknown, twice);
    }

    int size() {
        return fields.length;
    }

    /** The column of a field, or null when the model has none of that name. */
    @Nullable
    CdmColumn column(int field) {
        return fields[field];
    }

    /** The field of a column, or -1. */
    int field(CdmColumn column) {
        return Arrays.asList(fields).indexOf(column);
    }

    /** Names that are no column of the table; their values are left out. */
    List<String> unknown() {
        return unknown;
    }

    /** Tells each column that is demanded and absent, or there twice. */
    void check(CdmFile file, Set<CdmColumn> demanded, Problems problems) {
        for (CdmColumn column : table.columns()) {
            if (demanded.contains(column) && field(column) < 0) {
                problems.add(Problem.of(ProblemCode.INPUT_COLUMN_MISSING)
                        .expected(column.name())
                        .found(
                                unknown.isEmpty()
                                        ? size() + " columns without it"
                                        : "unknown columns: " + unknownNames())
                        .at(file.place(1, 0)));
            }
        }
        for (String name : twice) {
            problems.add(Problem.of(ProblemCode.INPUT_FILE_UNREADABLE)
                    .expected(Phrase.EACH_COLUMN_ONCE)
                    .found(Phrase.NAMED_TWICE.with(name))
                    .at(file.place(1, 0)));
        }
    }

    /** What an edition demands: what the specification requires of both versions. */
    static Set<CdmColumn> required(CdmTable table) {
        return table.columns().stream()
                .filter(CdmColumn::required)
                .filter(column -> !NEW_IN_5_4.contains(column.qualifiedName()))
                .collect(Collectors.toSet());
    }

    /** Names of columns are no values, but a file without a header has values there: only what looks like a name is told. */
    private String unknownNames() {
        return unknown.stream()
                .limit(5)
                .map(name -> name.matches("[a-z][a-z_0-9]{0,40}") ? name : Shape.of(name))
                .collect(Collectors.joining(", "));
    }
}
