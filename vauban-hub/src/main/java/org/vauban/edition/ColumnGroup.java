package org.vauban.edition;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;

/**
 * Which columns of a table are sealed together. A group is what a grant opens: columns that are usually needed together share one
 * object and one data key, columns whose need must be justified apart stand apart.
 */
public enum ColumnGroup {
    /** When, and to whom: the person, the rank and the dates. Every reader of a table needs it. */
    WHEN,
    /** What: the standard concept of the event; of a person sex and year of birth. */
    WHAT,
    /** How much: numbers, units, times of day, texts, and a person's month and day of birth. */
    VALUE,
    /** Where and by whom: row keys, visits, providers, care sites, kinds of record, a person's origin. */
    CONTEXT,
    /** What the source wrote: its concepts, and those of its words that passed the screening. */
    SOURCE;

    /** What belongs to the value or its meaning, although it is a concept. */
    private static final Set<String> VALUE_CONCEPTS = Set.of(
            "operator_concept_id",
            "value_as_concept_id",
            "unit_concept_id",
            "qualifier_concept_id",
            "route_concept_id",
            "modifier_concept_id",
            "currency_concept_id",
            "revenue_code_concept_id");

    private static final Set<String> CONTEXT_CONCEPTS = Set.of(
            "race_concept_id",
            "ethnicity_concept_id",
            "condition_status_concept_id",
            "admitted_from_concept_id",
            "discharged_to_concept_id",
            "meas_event_field_concept_id",
            "obs_event_field_concept_id",
            "episode_event_field_concept_id",
            "disease_status_concept_id",
            "anatomic_site_concept_id");

    public static ColumnGroup of(CdmColumn column) {
        return switch (column.role()) {
            case PERSON, DATE -> WHEN;
            case KEY, REFERENCE, EVENT_REFERENCE -> CONTEXT;
            case CONCEPT -> ofConcept(column);
            case SOURCE_CONCEPT, SOURCE_TEXT -> SOURCE;
            case NUMBER -> column.name().equals("year_of_birth") ? WHAT : VALUE;
            case DATETIME, TEXT -> VALUE;
        };
    }

    private static ColumnGroup ofConcept(CdmColumn column) {
        if (VALUE_CONCEPTS.contains(column.name())) {
            return VALUE;
        }
        // The kind of an observation period is all that it is about; every other kind of record is context.
        boolean isKindOfRecord =
                column.name().endsWith("_type_concept_id") && column.table() != CdmTable.OBSERVATION_PERIOD;
        return isKindOfRecord || CONTEXT_CONCEPTS.contains(column.name()) ? CONTEXT : WHAT;
    }

    /** The columns of a table that this group holds, in the specification's order. */
    public List<CdmColumn> columns(CdmTable table) {
        return table.columns().stream().filter(column -> of(column) == this).toList();
    }

    /** The groups that a table has. */
    public static List<ColumnGroup> of(CdmTable table) {
        return Arrays.stream(values())
                .filter(group -> !group.columns(table).isEmpty())
                .toList();
    }

    /** The name in lower case, as manifests write it. */
    public String groupName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
