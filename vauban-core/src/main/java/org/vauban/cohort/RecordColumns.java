package org.vauban.cohort;

import java.util.Optional;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Domain;

/** Columns that a record's meaning as an event depends on, beside concept, start and end. */
public final class RecordColumns {
    /** How long a drug lasts whose record has no end. */
    public static final CdmColumn DAYS_SUPPLY = CdmTable.DRUG_EXPOSURE.column("days_supply");

    private RecordColumns() {}

    /** The concept of the source's own code. */
    public static CdmColumn sourceConcept(Domain domain) {
        String concept = domain.conceptColumn().name();
        return domain.table().column(concept.replace("_concept_id", "_source_concept_id"));
    }

    /** The identifier of the visit a record belongs to; a visit belongs to itself, and eras, deaths, specimens and periods to none. */
    public static Optional<CdmColumn> visit(Domain domain) {
        return switch (domain) {
            case CONDITION_OCCURRENCE,
                    DRUG_EXPOSURE,
                    PROCEDURE_OCCURRENCE,
                    MEASUREMENT,
                    OBSERVATION,
                    DEVICE_EXPOSURE,
                    VISIT_OCCURRENCE,
                    VISIT_DETAIL -> Optional.of(domain.table().column("visit_occurrence_id"));
            case DEATH, SPECIMEN, CONDITION_ERA, DRUG_ERA, DOSE_ERA, OBSERVATION_PERIOD, PAYER_PLAN_PERIOD ->
                Optional.empty();
        };
    }

    /** The column whose different values an occurrence counts, where it is a column of the record. */
    public static CdmColumn distinct(Domain domain, DistinctColumn column) {
        return CriterionLanguage.column(domain, column);
    }
}
