package org.vauban.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vauban.duck.DuckSession;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.ColumnRole;
import org.vauban.trajectory.Domain;

/** How many rows of a folder have which concept, column by column. The folder is read once, and only the counts are held. */
public final class ConceptRecords {
    /** Rows made out of other rows would be counted twice, and periods are no records of a concept. */
    private static final Set<Domain> NO_RECORDS = Set.of(
            Domain.CONDITION_ERA,
            Domain.DRUG_ERA,
            Domain.DOSE_ERA,
            Domain.OBSERVATION_PERIOD,
            Domain.PAYER_PLAN_PERIOD);

    private final SortedMap<CdmColumn, Map<Integer, Long>> byColumn = new TreeMap<>();

    private ConceptRecords() {}

    /** Counts in all tables about persons that have a file. */
    public static ConceptRecords of(CdmFolder folder) {
        var records = new ConceptRecords();
        List<CdmFile> parquet = new ArrayList<>();
        for (CdmFile file : folder.files().values()) {
            if (!file.table().isAboutPersons()) {
                continue;
            }
            switch (file.format()) {
                case CSV, CSV_GZIP -> records.countText(file);
                case PARQUET -> parquet.add(file);
            }
        }
        records.countParquet(parquet);
        return records;
    }

    /** True for a column that names a concept. */
    static boolean isConcept(CdmColumn column) {
        return column.role() == ColumnRole.CONCEPT || column.role() == ColumnRole.SOURCE_CONCEPT;
    }

    private void countParquet(List<CdmFile> files) {
        try (var session = DuckSession.open(
                DuckSession.Limits.ofOneBucket(),
                files.stream().map(CdmFile::path).toList())) {
            for (CdmFile file : files) {
                String path = DuckSession.literal(file.path());
                Set<String> names = new HashSet<>();
                session.rows(
                        "SELECT lower(name) FROM parquet_schema(" + path + ")", row -> names.add(row.getString(1)));
                for (CdmColumn column : file.table().columns()) {
                    if (isConcept(column) && names.contains(column.name())) {
                        Map<Integer, Long> numbers = new HashMap<>();
                        session.rows(
                                "SELECT TRY_CAST(" + DuckSession.quoted(column.name()) + " AS INTEGER) AS concept,"
                                        + " count(*) FROM read_parquet(" + path + ") GROUP BY 1 HAVING concept <> 0",
                                row -> numbers.put(row.getInt(1), row.getLong(2)));
                        byColumn.put(column, Map.copyOf(numbers));
                    }
                }
            }
        }
    }

    private void countText(CdmFile file) {
        CdmTable table = file.table();
        SourceRows rows = SourceRows.of(file);
        Header header = rows.header();
        Set<CdmColumn> columns = table.columns().stream()
                .filter(ConceptRecords::isConcept)
                .filter(column -> header.field(column) >= 0)
                .collect(Collectors.toSet());
        var intake = new RowIntake(table, header, columns, Optional.empty());
        Map<FieldParser, Map<Integer, long[]>> counts = new HashMap<>();
        columns.forEach(column -> {
            FieldParser parser = intake.parser(column);
            if (parser != null) {
                counts.put(parser, new HashMap<>());
            }
        });
        rows.forEach((_, fields, size) -> add(intake, fields, size, counts));
        counts.forEach((parser, ofColumn) -> {
            Map<Integer, Long> numbers = new HashMap<>();
            ofColumn.forEach((concept, number) -> numbers.put(concept, number[0]));
            byColumn.put(parser.column(), Map.copyOf(numbers));
        });
    }

    private static void add(
            RowIntake intake, @Nullable String[] fields, int size, Map<FieldParser, Map<Integer, long[]>> counts) {
        if (intake.check(fields, size).isPresent()) {
            return;
        }
        counts.forEach((parser, ofColumn) -> {
            if (parser.present && parser.number != 0) {
                ofColumn.computeIfAbsent((int) parser.number, _ -> new long[1])[0]++;
            }
        });
    }

    /** Rows by concept, for each column; 0, which stands for no concept, is left out. */
    public SortedMap<CdmColumn, Map<Integer, Long>> byColumn() {
        return new TreeMap<>(byColumn);
    }

    /** Records by concept: rows of conditions, drugs and so on that have it as their concept. */
    public Map<Integer, Long> records() {
        Map<Integer, Long> records = new HashMap<>();
        for (Domain domain : Domain.values()) {
            if (!NO_RECORDS.contains(domain)) {
                byColumn.getOrDefault(domain.conceptColumn(), Map.of())
                        .forEach((concept, rows) -> records.merge(concept, rows, Long::sum));
            }
        }
        return records;
    }
}
