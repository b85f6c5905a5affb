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

    private static final String MACROS = """
            CREATE MACRO cim10(code) AS upper(replace(trim(code), '.', ''));
            CREATE MACRO ccam(code) AS left(upper(trim(code)), 7);
            CREATE MACRO days_of(boxes, units) AS CAST(least(365, greatest(1,
                boxes * CASE WHEN units BETWEEN 1 AND 100 THEN units ELSE %d END)) AS INTEGER)
            """;

    /** Every visit with its place in the order of the edition; {@code stay} and {@code encounter} find it again. */
    private static final String VISITS = """
            CREATE TABLE visit AS
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
                SELECT 3, r.rowid, b.person, NULL, NULL, NULL, {OUTPATIENT}, {OUTPATIENT_CLAIM}, r.EXE_SOI_DTD, r.EXE_SOI_DTD,
                    'PRS_NAT', r.PRS_NAT_REF
                FROM snds.er_prs_f r
                JOIN beneficiary b ON b.psa = r.BEN_NIR_PSA AND b.rng IS NOT DISTINCT FROM r.BEN_RNG_GEM
                WHERE r.fate IS NULL AND r.PRS_NAT_REF IN (%s) AND coalesce(r.PRS_ACT_QTE, 1) > 0
                    AND r.EXE_SOI_DTD IS NOT NULL)
            SELECT s.* EXCLUDE (place), n.person_id, n.bucket,
                row_number() OVER (ORDER BY n.bucket, n.person_id, s.start_day, s.kind, s.end_day, s.place)
                    AS visit_occurrence_id
            FROM source s JOIN number n ON n.person = s.person
            """;

    private static final String CONDITIONS = """
            CREATE VIEW condition_event AS
            WITH diagnosis AS (
                SELECT stay, person, DGN_PAL AS code, {PRIMARY_DIAGNOSIS} AS status, start_day, end_day FROM stay
                UNION ALL
                SELECT stay, person, DGN_REL, {SECONDARY_DIAGNOSIS}, start_day, end_day FROM stay
                UNION ALL
                SELECT s.stay, s.person, d.ASS_DGN, {SECONDARY_DIAGNOSIS}, s.start_day, s.end_day
                FROM snds.t_mco_d d
                JOIN stay s ON s.year IS NOT DISTINCT FROM d.year AND s.ETA_NUM = d.ETA_NUM AND s.RSA_NUM = d.RSA_NUM),
            place AS (SELECT deposit, condition, min(rank) AS rank FROM fhir_diagnosis GROUP BY 1, 2)
            SELECT d.person, 'CIM10' AS vocabulary, cim10(d.code) AS code, d.start_day, d.end_day,
                {INPATIENT_CLAIM} AS type, d.status, v.visit_occurrence_id
            FROM diagnosis d JOIN visit v ON v.stay = d.stay WHERE d.code IS NOT NULL
            UNION ALL
            SELECT f.person, f.vocabulary, f.code, f.start_day, f.end_day, {RECORD},
                CASE WHEN p.rank = 1 THEN {PRIMARY_DIAGNOSIS} WHEN p.rank > 1 THEN {SECONDARY_DIAGNOSIS} ELSE 0 END,
                v.visit_occurrence_id
            FROM fhir_fact f LEFT JOIN visit v ON v.encounter = f.encounter AND v.deposit = f.deposit
            LEFT JOIN place p ON p.condition = f.id AND p.deposit = f.deposit
            WHERE f.resource = 'Condition'
            UNION ALL
            SELECT b.person, 'CIM10', cim10(i.MED_MTF_COD), i.IMB_ALD_DTD,
                CASE WHEN i.IMB_ALD_DTF >= i.IMB_ALD_DTD THEN i.IMB_ALD_DTF END, {CLAIM}, 0, NULL
            FROM snds.ir_imb_r i
            JOIN beneficiary b ON b.psa = i.BEN_NIR_PSA AND b.rng IS NOT DISTINCT FROM i.BEN_RNG_GEM
            WHERE i.fate IS NULL AND i.MED_MTF_COD IS NOT NULL AND i.IMB_ALD_DTD IS NOT NULL
            """;

    private static final String PROCEDURES = """
            CREATE VIEW procedure_event AS
            SELECT s.person, 'CCAM' AS vocabulary, ccam(a.CDC_ACT) AS code,
                s.start_day + CAST(CASE WHEN a.ENT_DAT_DEL BETWEEN 0 AND 3650 THEN a.ENT_DAT_DEL ELSE 0 END AS INTEGER) AS day,
                {INPATIENT_CLAIM} AS type, v.visit_occurrence_id
            FROM snds.t_mco_a a
            JOIN stay s ON s.year IS NOT DISTINCT FROM a.year AND s.ETA_NUM = a.ETA_NUM AND s.RSA_NUM = a.RSA_NUM
            JOIN visit v ON v.stay = s.stay
            WHERE a.CDC_ACT IS NOT NULL
            UNION ALL
            SELECT f.person, f.vocabulary, f.code, f.start_day, {RECORD}, v.visit_occurrence_id
            FROM fhir_fact f LEFT JOIN visit v ON v.encounter = f.encounter AND v.deposit = f.deposit
            WHERE f.resource = 'Procedure'
            UNION ALL
            SELECT b.person, 'CCAM', ccam(c.CAM_PRS_IDE), r.EXE_SOI_DTD, {OUTPATIENT_CLAIM}, NULL
            FROM snds.er_cam_f c JOIN claimed r ON r.claim = c.claim
            JOIN beneficiary b ON b.psa = r.BEN_NIR_PSA AND b.rng IS NOT DISTINCT FROM r.BEN_RNG_GEM
            WHERE c.CAM_PRS_IDE IS NOT NULL
            """;

    private static final String DRUGS = """
            CREATE VIEW drug_event AS
            SELECT d.person, d.vocabulary, d.code, d.atc, d.day AS start_day, d.day + days_of(d.boxes, d.units) - 1 AS end_day,
                days_of(d.boxes, d.units) AS days, d.boxes AS quantity, {PHARMACY_CLAIM} AS type,
                NULL::BIGINT AS visit_occurrence_id
            FROM dispensation d
            UNION ALL
            SELECT b.person, 'UCD', u.UCD_UCD_COD, NULL, r.EXE_SOI_DTD, r.EXE_SOI_DTD, NULL, u.UCD_DLV_NBR, {PHARMACY_CLAIM}, NULL
            FROM snds.er_ucd_f u JOIN claimed r ON r.claim = u.claim
            JOIN beneficiary b ON b.psa = r.BEN_NIR_PSA AND b.rng IS NOT DISTINCT FROM r.BEN_RNG_GEM
            WHERE u.UCD_UCD_COD IS NOT NULL AND coalesce(u.UCD_DLV_NBR, 1) > 0
            UNION ALL
            SELECT f.person, coalesce(f.vocabulary, m.vocabulary), coalesce(f.code, m.code), coalesce(f.atc, m.atc, n.atc),
                f.start_day, coalesce(f.start_day + greatest(f.days, 1) - 1, greatest(f.end_day, f.start_day), f.start_day),
                f.days, NULL,
                CASE f.resource WHEN 'MedicationRequest' THEN {PRESCRIPTION}
                    WHEN 'MedicationAdministration' THEN {ADMINISTRATION} ELSE {RECORD} END,
                v.visit_occurrence_id
            FROM fhir_fact f
            LEFT JOIN fhir_fact m ON m.resource = 'Medication' AND m.deposit = f.deposit AND m.id = f.medication
            LEFT JOIN cip13_atc n ON n.cip13 = coalesce(f.code, m.code)
            LEFT JOIN visit v ON v.encounter = f.encounter AND v.deposit = f.deposit
            WHERE f.resource IN ('MedicationRequest', 'MedicationAdministration', 'Immunization')
            """;

    /** Results with a number, and laboratory acts of the insurer, which have no result. */
    private static final String MEASUREMENTS = """
            CREATE VIEW measurement_event AS
            SELECT f.person, f.vocabulary, f.code, f.start_day AS day, f.number, f.unit, {RECORD} AS type, v.visit_occurrence_id
            FROM fhir_fact f LEFT JOIN visit v ON v.encounter = f.encounter AND v.deposit = f.deposit
            WHERE f.resource = 'Observation' AND f.number IS NOT NULL
            UNION ALL
            SELECT b.person, 'NABM', ltrim(a.BIO_PRS_IDE, '0'), r.EXE_SOI_DTD, NULL, NULL, {OUTPATIENT_CLAIM}, NULL
            FROM snds.er_bio_f a JOIN claimed r ON r.claim = a.claim
            JOIN beneficiary b ON b.psa = r.BEN_NIR_PSA AND b.rng IS NOT DISTINCT FROM r.BEN_RNG_GEM
            WHERE a.BIO_PRS_IDE IS NOT NULL AND coalesce(a.BIO_ACT_QSN, 1) > 0
            """;

    /** Results that are no number, and allergies: what fits nowhere else. */
    private static final String OBSERVATIONS = """
            CREATE VIEW observation_event AS
            SELECT f.person, f.vocabulary, f.code, f.start_day AS day, f.value_vocabulary, f.value_code, {RECORD} AS type,
                v.visit_occurrence_id
            FROM fhir_fact f LEFT JOIN visit v ON v.encounter = f.encounter AND v.deposit = f.deposit
            WHERE (f.resource = 'Observation' AND f.number IS NULL) OR f.resource = 'AllergyIntolerance'
            """;

    private static final String DEVICES = """
            CREATE VIEW device_event AS
            SELECT f.person, f.vocabulary, f.code, f.start_day AS day, {RECORD} AS type, v.visit_occurrence_id
            FROM fhir_fact f LEFT JOIN visit v ON v.encounter = f.encounter AND v.deposit = f.deposit
            WHERE f.resource = 'Device'
            """;

    /** Claims that went through all rules, as affined tables other than the pharmacy's need them. */
    private static final String CLAIMED = """
            CREATE VIEW claimed AS
            SELECT claim, BEN_NIR_PSA, BEN_RNG_GEM, EXE_SOI_DTD FROM snds.er_prs_f WHERE fate IS NULL AND EXE_SOI_DTD IS NOT NULL
            """;

    private static final String CIP13_ATC = """
            CREATE TABLE cip13_atc AS
            SELECT PHA_CIP_C13 AS cip13, any_value(PHA_ATC_C07) AS atc FROM snds.ir_pha_r WHERE PHA_CIP_C13 IS NOT NULL GROUP BY 1
            """;

    private Events() {}

    /** Makes the visits and the views of all other events. */
    static void create(DuckSession session) {
        for (String macro : MACROS.formatted(DAYS_OF_A_BOX).split(";")) {
            session.execute(macro);
        }
        session.execute(CIP13_ATC);
        session.execute(CLAIMED);
        session.execute(KnownConcept.in(VISITS.formatted(TOWN_VISITS)));
        List.of(CONDITIONS, PROCEDURES, DRUGS, MEASUREMENTS, OBSERVATIONS, DEVICES)
                .forEach(view -> session.execute(KnownConcept.in(view)));
    }
}
