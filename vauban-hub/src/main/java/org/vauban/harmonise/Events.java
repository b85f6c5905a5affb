package org.vauban.harmonise;

import java.util.List;
import org.vauban.duck.DuckSession;

/**
 * What happened to whom: one view per kind of event, in which the insurer's rows and the hospitals' facts stand side by side. A stay
 * that both tell is kept twice, under different kinds of record; eras make one of what falls together.
 */
final class Events {
    /** Consultations and visits among the natures of care (IR_NAT_V); what only adds to their price is not among them. */
    static final String TOWN_VISITS = "'1096', '1098', '1099', '1101', '1102', '1103', '1104', '1105', '1107', '1109',"
            + " '1110', '1111', '1112', '1113', '1114', '1115', '1117', '1118', '1122', '1140', '1157', '1164', '1168',"
            + " '1191', '1192', '1209', '1210', '1211', '1212', '1213', '1214', '1215', '1216', '1221', '1222'";

    /** What a box lasts when its content is unknown. */
    static final int DAYS_OF_A_BOX = 30;

    /** How codes are written, and what a box lasts. */
    private static final String MACROS = """
            CREATE MACRO cim10(code) AS upper(replace(trim(code), '.', ''));
            CREATE MACRO ccam(code) AS left(upper(trim(code)), 7);
            CREATE MACRO days_of(boxes, units) AS CAST(least(365, greatest(1,
                boxes * CASE WHEN units BETWEEN 1 AND 100 THEN units ELSE %d END)) AS INTEGER)
            """;

    /** Long-term illnesses with their persons; few, and wanted in every pass. */
    private static final String ILLNESS = """
            CREATE TABLE illness AS
            SELECT b.person, cim10(i.MED_MTF_COD) AS code, i.IMB_ALD_DTD AS start_day,
                CASE WHEN i.IMB_ALD_DTF >= i.IMB_ALD_DTD THEN i.IMB_ALD_DTF END AS end_day
            FROM snds.ir_imb_r i JOIN insured b ON b.psa = i.BEN_NIR_PSA AND b.rng = coalesce(i.BEN_RNG_GEM, '')
            WHERE i.fate IS NULL AND i.MED_MTF_COD IS NOT NULL AND i.IMB_ALD_DTD IS NOT NULL
            """;

    private static final String CIP13_ATC = """
            CREATE TABLE cip13_atc AS
            SELECT PHA_CIP_C13 AS cip13, any_value(PHA_ATC_C07) AS atc FROM snds.ir_pha_r WHERE PHA_CIP_C13 IS NOT NULL GROUP BY 1
            """;

    /** Every visit with its place in the order of the edition; {@code stay} and {@code encounter} find it again. */
    private static final String VISITS = """
            CREATE OR REPLACE TABLE visit AS
            WITH source AS (
                SELECT 1 AS kind, stay AS place, person, stay, NULL::INTEGER AS deposit, NULL::VARCHAR AS encounter,
                    {INPATIENT} AS concept, {INPATIENT_CLAIM} AS type, start_day, end_day, 'GHM' AS vocabulary, GRG_GHM AS code
                FROM stay
                UNION ALL
                SELECT 2, rowid, person, NULL, deposit, id,
                    CASE WHEN class IN ('IMP', 'ACUTE', 'NONAC', 'SS', 'OBSENC') THEN {INPATIENT}
                         WHEN class = 'EMER' THEN {EMERGENCY} ELSE {OUTPATIENT} END,
                    {ENCOUNTER_RECORD}, start_day, greatest(coalesce(end_day, start_day), start_day), '', class
                FROM fhir_fact WHERE resource = 'Encounter'
                UNION ALL
                SELECT 3, rowid, person, NULL, NULL, NULL, {OUTPATIENT}, {OUTPATIENT_CLAIM}, day, day, 'PRS_NAT', nature
                FROM town_visit)
            SELECT s.* EXCLUDE (place), n.person_id, n.bucket,
                %d + row_number() OVER (ORDER BY n.bucket, n.person_id, s.start_day, s.kind, s.end_day, s.place)
                    AS visit_occurrence_id
            FROM source s JOIN number n ON n.person = s.person
            """;

    private static final String CONDITIONS = """
            CREATE OR REPLACE VIEW condition_event AS
            WITH diagnosis AS (
                SELECT stay, person, DGN_PAL AS code, {PRIMARY_DIAGNOSIS} AS status, start_day, end_day FROM stay
                UNION ALL
                SELECT stay, person, DGN_REL, {SECONDARY_DIAGNOSIS}, start_day, end_day FROM stay
                UNION ALL
                SELECT s.stay, s.person, d.code, {SECONDARY_DIAGNOSIS}, s.start_day, s.end_day
                FROM stay_diagnosis d JOIN stay s ON s.stay = d.stay),
            place AS (SELECT person, deposit, condition, min(rank) AS rank FROM fhir_diagnosis GROUP BY ALL)
            SELECT d.person, 'CIM10' AS vocabulary, cim10(d.code) AS code, d.start_day, d.end_day,
                {INPATIENT_CLAIM} AS type, d.status, v.visit_occurrence_id
            FROM diagnosis d JOIN visit v ON v.stay = d.stay WHERE d.code IS NOT NULL
            UNION ALL
            SELECT f.person, f.vocabulary, f.code, f.start_day, f.end_day, {RECORD},
                CASE WHEN p.rank = 1 THEN {PRIMARY_DIAGNOSIS} WHEN p.rank > 1 THEN {SECONDARY_DIAGNOSIS} ELSE 0 END,
                v.visit_occurrence_id
            FROM fhir_fact f LEFT JOIN visit v ON v.encounter = f.encounter AND v.deposit = f.deposit AND v.person = f.person
            LEFT JOIN place p ON p.condition = f.id AND p.deposit = f.deposit AND p.person = f.person
            WHERE f.resource = 'Condition'
            UNION ALL
            SELECT person, 'CIM10', code, start_day, end_day, {CLAIM}, 0, NULL FROM illness
            """;

    private static final String PROCEDURES = """
            CREATE OR REPLACE VIEW procedure_event AS
            SELECT s.person, 'CCAM' AS vocabulary, ccam(a.code) AS code,
                s.start_day + CAST(CASE WHEN a.delay BETWEEN 0 AND 3650 THEN a.delay ELSE 0 END AS INTEGER) AS day,
                {INPATIENT_CLAIM} AS type, v.visit_occurrence_id
            FROM stay_act a JOIN stay s ON s.stay = a.stay JOIN visit v ON v.stay = s.stay
            UNION ALL
            SELECT f.person, f.vocabulary, f.code, f.start_day, {RECORD}, v.visit_occurrence_id
            FROM fhir_fact f LEFT JOIN visit v ON v.encounter = f.encounter AND v.deposit = f.deposit AND v.person = f.person
            WHERE f.resource = 'Procedure'
            UNION ALL
            SELECT person, 'CCAM', code, day, {OUTPATIENT_CLAIM}, NULL FROM town_act
            """;

    private static final String DRUGS = """
            CREATE OR REPLACE VIEW drug_event AS
            SELECT d.person, d.vocabulary, d.code, d.atc, d.day AS start_day, d.day + days_of(d.boxes, d.units) - 1 AS end_day,
                days_of(d.boxes, d.units) AS days, d.boxes AS quantity, {PHARMACY_CLAIM} AS type,
                NULL::BIGINT AS visit_occurrence_id
            FROM dispensation d
            UNION ALL
            SELECT person, 'UCD', code, NULL, day, day, NULL, quantity, {PHARMACY_CLAIM}, NULL FROM town_drug
            UNION ALL
            SELECT f.person, coalesce(f.vocabulary, m.vocabulary), coalesce(f.code, m.code), coalesce(f.atc, m.atc, n.atc),
                f.start_day, coalesce(f.start_day + greatest(f.days, 1) - 1, greatest(f.end_day, f.start_day), f.start_day),
                f.days, NULL,
                CASE f.resource WHEN 'MedicationRequest' THEN {PRESCRIPTION}
                    WHEN 'MedicationAdministration' THEN {ADMINISTRATION} ELSE {RECORD} END,
                v.visit_occurrence_id
            FROM fhir_fact f
            LEFT JOIN fhir_medication m ON m.deposit = f.deposit AND m.id = f.medication
            LEFT JOIN cip13_atc n ON n.cip13 = coalesce(f.code, m.code)
            LEFT JOIN visit v ON v.encounter = f.encounter AND v.deposit = f.deposit AND v.person = f.person
            WHERE f.resource IN ('MedicationRequest', 'MedicationAdministration', 'Immunization')
            """;

    /** Results with a number, and laboratory acts of the insurer, which have no result. */
    private static final String MEASUREMENTS = """
            CREATE OR REPLACE VIEW measurement_event AS
            SELECT f.person, f.vocabulary, f.code, f.start_day AS day, f.number, f.unit, {RECORD} AS type, v.visit_occurrence_id
            FROM fhir_fact f LEFT JOIN visit v ON v.encounter = f.encounter AND v.deposit = f.deposit AND v.person = f.person
            WHERE f.resource = 'Observation' AND f.number IS NOT NULL
            UNION ALL
            SELECT person, 'NABM', code, day, NULL, NULL, {OUTPATIENT_CLAIM}, NULL FROM town_measurement
            """;

    /** Results that are no number, and allergies: what fits nowhere else. */
    private static final String OBSERVATIONS = """
            CREATE OR REPLACE VIEW observation_event AS
            SELECT f.person, f.vocabulary, f.code, f.start_day AS day, f.value_vocabulary, f.value_code, {RECORD} AS type,
                v.visit_occurrence_id
            FROM fhir_fact f LEFT JOIN visit v ON v.encounter = f.encounter AND v.deposit = f.deposit AND v.person = f.person
            WHERE (f.resource = 'Observation' AND f.number IS NULL) OR f.resource = 'AllergyIntolerance'
            """;

    private static final String DEVICES = """
            CREATE OR REPLACE VIEW device_event AS
            SELECT f.person, f.vocabulary, f.code, f.start_day AS day, {RECORD} AS type, v.visit_occurrence_id
            FROM fhir_fact f LEFT JOIN visit v ON v.encounter = f.encounter AND v.deposit = f.deposit AND v.person = f.person
            WHERE f.resource = 'Device'
            """;

    private Events() {}

    /** The ways of writing that readers and events need. */
    static void begin(DuckSession session) {
        for (String macro : MACROS.formatted(DAYS_OF_A_BOX).split(";")) {
            session.execute(macro);
        }
    }

    /** Makes what every pass needs. */
    static void createShared(DuckSession session) {
        session.execute(CIP13_ATC);
        session.execute(ILLNESS);
    }

    /**
     * Makes the visits of a pass and the views of all its other events.
     *
     * @param visitsBefore how many visits the passes before it made
     */
    static void create(DuckSession session, long visitsBefore) {
        session.execute(KnownConcept.in(VISITS.formatted(visitsBefore)));
        List.of(CONDITIONS, PROCEDURES, DRUGS, MEASUREMENTS, OBSERVATIONS, DEVICES)
                .forEach(view -> session.execute(KnownConcept.in(view)));
    }
}
