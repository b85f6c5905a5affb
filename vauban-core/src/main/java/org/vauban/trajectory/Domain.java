package org.vauban.trajectory;

import java.util.Arrays;
import java.util.Optional;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;

/**
 * A table whose rows happen to a person on a day: which of its columns is the concept, the start and the end.
 *
 * <p>The end is left out where OHDSI does not use it: procedures, measurements, observations, specimens and deaths count as one
 * day whatever the table says. The person and the order among events of one day come with every domain and are not named in
 * {@link Needs}.
 */
public enum Domain {
    CONDITION_OCCURRENCE(
            CdmTable.CONDITION_OCCURRENCE, "condition_concept_id", "condition_start_date", "condition_end_date"),
    DRUG_EXPOSURE(CdmTable.DRUG_EXPOSURE, "drug_concept_id", "drug_exposure_start_date", "drug_exposure_end_date"),
    PROCEDURE_OCCURRENCE(CdmTable.PROCEDURE_OCCURRENCE, "procedure_concept_id", "procedure_date", ""),
    MEASUREMENT(CdmTable.MEASUREMENT, "measurement_concept_id", "measurement_date", ""),
    OBSERVATION(CdmTable.OBSERVATION, "observation_concept_id", "observation_date", ""),
    DEVICE_EXPOSURE(
            CdmTable.DEVICE_EXPOSURE, "device_concept_id", "device_exposure_start_date", "device_exposure_end_date"),
    VISIT_OCCURRENCE(CdmTable.VISIT_OCCURRENCE, "visit_concept_id", "visit_start_date", "visit_end_date"),
    VISIT_DETAIL(CdmTable.VISIT_DETAIL, "visit_detail_concept_id", "visit_detail_start_date", "visit_detail_end_date"),
    /** Its row has no identifier of its own; its rank is taken from the person's. */
    DEATH(CdmTable.DEATH, "cause_concept_id", "death_date", ""),
    SPECIMEN(CdmTable.SPECIMEN, "specimen_concept_id", "specimen_date", ""),
    CONDITION_ERA(CdmTable.CONDITION_ERA, "condition_concept_id", "condition_era_start_date", "condition_era_end_date"),
    DRUG_ERA(CdmTable.DRUG_ERA, "drug_concept_id", "drug_era_start_date", "drug_era_end_date"),
    DOSE_ERA(CdmTable.DOSE_ERA, "drug_concept_id", "dose_era_start_date", "dose_era_end_date"),
    OBSERVATION_PERIOD(
            CdmTable.OBSERVATION_PERIOD,
            "period_type_concept_id",
            "observation_period_start_date",
            "observation_period_end_date"),
    PAYER_PLAN_PERIOD(
            CdmTable.PAYER_PLAN_PERIOD,
            "payer_concept_id",
            "payer_plan_period_start_date",
            "payer_plan_period_end_date");

    private final CdmTable table;
    private final String conceptColumn;
    private final String startColumn;
    private final String endColumn;

    Domain(CdmTable table, String concept, String start, String end) {
        this.table = table;
        this.conceptColumn = concept;
        this.startColumn = start;
        this.endColumn = end;
    }

    public static Optional<Domain> of(CdmTable table) {
        return Arrays.stream(values()).filter(domain -> domain.table == table).findFirst();
    }

    public CdmTable table() {
        return table;
    }

    public CdmColumn conceptColumn() {
        return table.column(conceptColumn);
    }

    public CdmColumn startColumn() {
        return table.column(startColumn);
    }

    public Optional<CdmColumn> endColumn() {
        return table.find(endColumn);
    }

    /** The column whose values order events of one day; empty for deaths, where it is the person's. */
    public Optional<CdmColumn> keyColumn() {
        return table.keyColumn();
    }

    /** Start days (and with them the rows themselves), with the columns named. */
    public Needs needs(String... columns) {
        return Needs.of(table, columns).and(Needs.of(table, startColumn));
    }

    /** Concept, start and, where it counts, end. */
    public Needs needsOfEvents() {
        Needs needs = needs(conceptColumn);
        return endColumn().map(end -> needs.and(Needs.of(table, end.name()))).orElse(needs);
    }
}
