package org.vauban.omop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The tables of OMOP CDM 5.4. Facts from the specification; columns are listed in {@code cdm-5.4.csv} beside this class. */
public enum CdmTable {
    PERSON,
    OBSERVATION_PERIOD,
    VISIT_OCCURRENCE,
    VISIT_DETAIL,
    CONDITION_OCCURRENCE,
    DRUG_EXPOSURE,
    PROCEDURE_OCCURRENCE,
    DEVICE_EXPOSURE,
    MEASUREMENT,
    OBSERVATION,
    DEATH,
    NOTE,
    NOTE_NLP,
    SPECIMEN,
    FACT_RELATIONSHIP,
    LOCATION,
    CARE_SITE,
    PROVIDER,
    PAYER_PLAN_PERIOD,
    COST,
    DRUG_ERA,
    DOSE_ERA,
    CONDITION_ERA,
    EPISODE,
    EPISODE_EVENT,
    METADATA,
    CDM_SOURCE,
    CONCEPT,
    VOCABULARY,
    DOMAIN,
    CONCEPT_CLASS,
    CONCEPT_RELATIONSHIP,
    RELATIONSHIP,
    CONCEPT_SYNONYM,
    CONCEPT_ANCESTOR,
    SOURCE_TO_CONCEPT_MAP,
    DRUG_STRENGTH;

    /** The table's name in lower case, as in SQL and file names. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CdmTable> named(String name) {
        return Arrays.stream(values())
                .filter(table -> table.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** All columns in the specification's order. */
    public List<CdmColumn> columns() {
        return Columns.of(this);
    }

    public Optional<CdmColumn> find(String column) {
        return columns().stream()
                .filter(each -> each.name().equalsIgnoreCase(column))
                .findFirst();
    }

    /** The column of that name; asking for one that the specification lacks is a mistake in the program. */
    public CdmColumn column(String column) {
        return find(column).orElseThrow(() -> new IllegalArgumentException(tableName() + " has no column " + column));
    }

    /** The column that identifies the person, for tables about persons. */
    public Optional<CdmColumn> personColumn() {
        return columns().stream()
                .filter(column -> column.role() == ColumnRole.PERSON)
                .findFirst();
    }

    /** The column that identifies the row. */
    public Optional<CdmColumn> keyColumn() {
        return columns().stream()
                .filter(column -> column.role() == ColumnRole.KEY)
                .findFirst();
    }

    /** True for the standardised vocabularies: reference data without any person. */
    public boolean isVocabulary() {
        return ordinal() >= CONCEPT.ordinal();
    }

    /** True when the rows belong to persons. */
    public boolean isAboutPersons() {
        return personColumn().isPresent();
    }

    /** True for free text, which never enters an edition. */
    public boolean isNarrative() {
        return this == NOTE || this == NOTE_NLP;
    }

    /** Read once, when first asked. */
    private static final class Columns {
        private static final Map<CdmTable, List<CdmColumn>> ALL = read();

        static List<CdmColumn> of(CdmTable table) {
            return Objects.requireNonNull(ALL.get(table));
        }

        private static Map<CdmTable, List<CdmColumn>> read() {
            Map<CdmTable, List<CdmColumn>> all = new EnumMap<>(CdmTable.class);
            for (CdmTable table : values()) {
                all.put(table, new ArrayList<>());
            }
            try (var reader = new BufferedReader(new InputStreamReader(
                    Objects.requireNonNull(CdmTable.class.getResourceAsStream("cdm-5.4.csv")),
                    StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (!line.startsWith("#")) {
                        CdmColumn column = column(line.split(",", -1));
                        Objects.requireNonNull(all.get(column.table())).add(column);
                    }
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            all.replaceAll((_, columns) -> List.copyOf(columns));
            return all;
        }

        private static CdmColumn column(String[] fields) {
            return new CdmColumn(
                    valueOf(fields[0].toUpperCase(Locale.ROOT)),
                    fields[1],
                    ColumnType.valueOf(fields[2].toUpperCase(Locale.ROOT)),
                    fields[3].equals("required"),
                    ColumnRole.valueOf(fields[4].toUpperCase(Locale.ROOT).replace('-', '_')),
                    named(fields[5]));
        }
    }
}
