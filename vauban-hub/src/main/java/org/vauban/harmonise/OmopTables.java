package org.vauban.harmonise;

import java.util.List;
import org.vauban.duck.DuckSession;
import org.vauban.omop.CdmTable;

/** The tables of OMOP CDM 5.4 out of persons, events and codes. Keys are numbered when the rows are sealed, visits before. */
final class OmopTables {
    /** The tables about persons in the order in which they are sealed. */
    static final List<CdmTable> OF_PERSONS = List.of(
            CdmTable.PERSON,
            CdmTable.OBSERVATION_PERIOD,
            CdmTable.VISIT_OCCURRENCE,
            CdmTable.CONDITION_OCCURRENCE,
            CdmTable.DRUG_EXPOSURE,
            CdmTable.PROCEDURE_OCCURRENCE,
            CdmTable.DEVICE_EXPOSURE,
            CdmTable.MEASUREMENT,
            CdmTable.OBSERVATION,
            CdmTable.DEATH,
            CdmTable.DRUG_ERA,
            CdmTable.CONDITION_ERA);

    static final List<CdmTable> OF_NOBODY = List.of(
            CdmTable.CONCEPT,
            CdmTable.CONCEPT_ANCESTOR,
            CdmTable.CONCEPT_RELATIONSHIP,
            CdmTable.VOCABULARY,
            CdmTable.LOCATION,
            CdmTable.CDM_SOURCE);

    /** Two records of one illness or drug with at most so many days between them are one era. */
    private static final int ERA_GAP_DAYS = 30;

    private static final String LOCATION = """
            CREATE TABLE location AS
            SELECT row_number() OVER (ORDER BY department) AS location_id, department AS state
            FROM (SELECT DISTINCT department FROM profile WHERE department IS NOT NULL)
            """;

    private static final String PERSON = """
            CREATE TABLE person AS
            SELECT n.person_id, n.bucket,
                CASE p.sex WHEN '1' THEN {MALE} WHEN '2' THEN {FEMALE} ELSE 0 END AS gender_concept_id,
                p.birth_year AS year_of_birth, p.birth_month AS month_of_birth, 0 AS race_concept_id, 0 AS ethnicity_concept_id,
                l.location_id, p.sex AS gender_source_value
            FROM profile p JOIN number n ON n.person = p.person LEFT JOIN location l ON l.state = p.department
            """;

    private static final String VISIT_OCCURRENCE = """
            CREATE TABLE visit_occurrence AS
            SELECT v.visit_occurrence_id, v.person_id, v.bucket, v.concept AS visit_concept_id, v.start_day AS visit_start_date,
                v.end_day AS visit_end_date, v.type AS visit_type_concept_id, c.code AS visit_source_value
            FROM visit v LEFT JOIN code c ON c.vocabulary = v.vocabulary AND c.code = v.code
            """;

    private static final String CONDITION_OCCURRENCE = """
            CREATE TABLE condition_occurrence AS
            SELECT n.person_id, n.bucket, coalesce(c.concept_id, 0) AS condition_concept_id,
                e.start_day AS condition_start_date, e.end_day AS condition_end_date, e.type AS condition_type_concept_id,
                e.status AS condition_status_concept_id, e.visit_occurrence_id, c.code AS condition_source_value,
                coalesce(c.concept_id, 0) AS condition_source_concept_id
            FROM condition_event e JOIN number n ON n.person = e.person
            LEFT JOIN code c ON c.vocabulary = coalesce(e.vocabulary, '') AND c.code = e.code
            """;

    private static final String PROCEDURE_OCCURRENCE = """
            CREATE TABLE procedure_occurrence AS
            SELECT n.person_id, n.bucket, coalesce(c.concept_id, 0) AS procedure_concept_id, e.day AS procedure_date,
                e.type AS procedure_type_concept_id, e.visit_occurrence_id, c.code AS procedure_source_value,
                coalesce(c.concept_id, 0) AS procedure_source_concept_id
            FROM procedure_event e JOIN number n ON n.person = e.person
            LEFT JOIN code c ON c.vocabulary = coalesce(e.vocabulary, '') AND c.code = e.code
            """;

    private static final String DRUG_EXPOSURE = """
            CREATE TABLE drug_exposure AS
            SELECT n.person_id, n.bucket, coalesce(a.concept_id, 0) AS drug_concept_id,
                e.start_day AS drug_exposure_start_date, e.end_day AS drug_exposure_end_date, e.type AS drug_type_concept_id,
                e.quantity, e.days AS days_supply, e.visit_occurrence_id, c.code AS drug_source_value,
                coalesce(c.concept_id, 0) AS drug_source_concept_id
            FROM drug_event e JOIN number n ON n.person = e.person
            LEFT JOIN code c ON c.vocabulary = coalesce(e.vocabulary, '') AND c.code = e.code
            LEFT JOIN code a ON a.vocabulary = 'ATC' AND a.code = e.atc
            """;

    private static final String DEVICE_EXPOSURE = """
            CREATE TABLE device_exposure AS
            SELECT n.person_id, n.bucket, coalesce(c.concept_id, 0) AS device_concept_id, e.day AS device_exposure_start_date,
                e.day AS device_exposure_end_date,
                e.type AS device_type_concept_id, e.visit_occurrence_id, c.code AS device_source_value,
                coalesce(c.concept_id, 0) AS device_source_concept_id
            FROM device_event e JOIN number n ON n.person = e.person
            LEFT JOIN code c ON c.vocabulary = coalesce(e.vocabulary, '') AND c.code = e.code
            """;

    private static final String MEASUREMENT = """
            CREATE TABLE measurement AS
            SELECT n.person_id, n.bucket, coalesce(c.concept_id, 0) AS measurement_concept_id, e.day AS measurement_date,
                e.type AS measurement_type_concept_id, e.number AS value_as_number, e.visit_occurrence_id,
                c.code AS measurement_source_value, coalesce(c.concept_id, 0) AS measurement_source_concept_id,
                u.code AS unit_source_value
            FROM measurement_event e JOIN number n ON n.person = e.person
            LEFT JOIN code c ON c.vocabulary = coalesce(e.vocabulary, '') AND c.code = e.code
            LEFT JOIN code u ON u.vocabulary = '' AND u.code = e.unit
            """;

    private static final String OBSERVATION = """
            CREATE TABLE observation AS
            SELECT n.person_id, n.bucket, coalesce(c.concept_id, 0) AS observation_concept_id, e.day AS observation_date,
                e.type AS observation_type_concept_id, v.concept_id AS value_as_concept_id, e.visit_occurrence_id,
                c.code AS observation_source_value, coalesce(c.concept_id, 0) AS observation_source_concept_id,
                v.code AS value_source_value
            FROM observation_event e JOIN number n ON n.person = e.person
            LEFT JOIN code c ON c.vocabulary = coalesce(e.vocabulary, '') AND c.code = e.code
            LEFT JOIN code v ON v.vocabulary = coalesce(e.value_vocabulary, '') AND v.code = e.value_code
            """;

    /** One death per person: the certificate first, then the insurer, then the hospital. */
    private static final String DIED = """
            CREATE TABLE died AS
            WITH who AS (
                SELECT DISTINCT idt AS token, person FROM beneficiary WHERE idt IS NOT NULL
                UNION SELECT DISTINCT ano, person FROM beneficiary WHERE ano IS NOT NULL),
            source AS (
                SELECT w.person, k.BEN_DCD_DTE AS day, {DEATH_CERTIFICATE} AS type, cim10(k.DCD_CIM_COD) AS cause, 1 AS place
                FROM snds.ki_cci_r k JOIN who w ON w.token = coalesce(k.BEN_IDT_ANO, k.BEN_NIR_ANO) WHERE k.fate IS NULL
                UNION ALL
                SELECT b.person, i.BEN_DCD_DTE, {CLAIM}, NULL, 2
                FROM snds.ir_ben_r i JOIN beneficiary b ON b.line = i.rowid
                UNION ALL
                SELECT person, death_day, {RECORD}, NULL, 3 FROM fhir_patient)
            SELECT * FROM source WHERE day IS NOT NULL AND person IS NOT NULL
            QUALIFY row_number() OVER (PARTITION BY person ORDER BY place, day, cause) = 1
            """;

    /** R31: the last day on which the insurer still knew a person. */
    private static final String FOLLOWED = """
            CREATE TABLE followed AS
            SELECT b.person, max(i.MAX_TRT_DTD) AS last_day
            FROM snds.ir_ben_r i JOIN beneficiary b ON b.line = i.rowid
            WHERE coalesce(i.BEN_TOP_CNS, '1') = '1' GROUP BY 1
            """;

    private static final String DEATH = """
            CREATE TABLE death AS
            SELECT n.person_id, n.bucket, s.day AS death_date, s.type AS death_type_concept_id,
                coalesce(c.concept_id, 0) AS cause_concept_id, c.code AS cause_source_value,
                coalesce(c.concept_id, 0) AS cause_source_concept_id
            FROM died s JOIN number n ON n.person = s.person
            LEFT JOIN code c ON c.vocabulary = 'CIM10' AND c.code = s.cause
            """;

    /** R31: from the first record to the last, or to where the insurer still knew the person, and not beyond death. */
    private static final String OBSERVATION_PERIOD = """
            CREATE TABLE observation_period AS
            WITH seen AS (
                SELECT person_id, min(first_day) AS first_day, max(last_day) AS last_day FROM (
                    SELECT person_id, min(visit_start_date) AS first_day, max(visit_end_date) AS last_day FROM visit_occurrence GROUP BY 1
                    UNION ALL SELECT person_id, min(condition_start_date), max(condition_start_date) FROM condition_occurrence GROUP BY 1
                    UNION ALL SELECT person_id, min(drug_exposure_start_date), max(drug_exposure_start_date) FROM drug_exposure GROUP BY 1
                    UNION ALL SELECT person_id, min(procedure_date), max(procedure_date) FROM procedure_occurrence GROUP BY 1
                    UNION ALL SELECT person_id, min(device_exposure_start_date), max(device_exposure_start_date) FROM device_exposure GROUP BY 1
                    UNION ALL SELECT person_id, min(measurement_date), max(measurement_date) FROM measurement GROUP BY 1
                    UNION ALL SELECT person_id, min(observation_date), max(observation_date) FROM observation GROUP BY 1)
                GROUP BY person_id)
            SELECT n.person_id, n.bucket, s.first_day AS observation_period_start_date,
                greatest(s.first_day, coalesce(d.death_date, greatest(s.last_day, i.last_day), s.last_day))
                    AS observation_period_end_date,
                {ALGORITHM} AS period_type_concept_id
            FROM seen s JOIN number n ON n.person_id = s.person_id
            LEFT JOIN followed i ON i.person = n.person
            LEFT JOIN death d ON d.person_id = s.person_id
            """;

    /** Records of the same days are one before the eras are told apart: otherwise chance would say which of them opens an era. */
    private static final String ERA = """
            CREATE TABLE %1$s_era AS
            WITH record AS (
                SELECT person_id, bucket, %1$s_concept_id AS concept, %2$s AS first_day, greatest(coalesce(%3$s, %2$s), %2$s) AS last_day,
                    count(*) AS records
                FROM %4$s WHERE %1$s_concept_id <> 0 GROUP BY ALL),
            marked AS (
                SELECT *, max(last_day) OVER (PARTITION BY person_id, concept ORDER BY first_day, last_day
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered_to
                FROM record),
            numbered AS (
                SELECT *, sum(CASE WHEN first_day <= covered_to + %5$d THEN 0 ELSE 1 END) OVER (
                    PARTITION BY person_id, concept ORDER BY first_day, last_day ROWS UNBOUNDED PRECEDING) AS era
                FROM marked)
            SELECT person_id, bucket, concept AS %1$s_concept_id, min(first_day) AS %1$s_era_start_date,
                max(last_day) AS %1$s_era_end_date, CAST(sum(records) AS INTEGER) AS %6$s%7$s
            FROM numbered GROUP BY person_id, bucket, concept, era
            """;

    /** Days within a drug's era on which nothing was at hand. */
    private static final String GAP_DAYS = ", CAST(coalesce(sum(CASE WHEN first_day <= covered_to + " + ERA_GAP_DAYS
            + " AND first_day > covered_to + 1 THEN first_day - covered_to - 1 ELSE 0 END), 0) AS INTEGER) AS gap_days";

    private static final String CDM_SOURCE = """
            CREATE TABLE cdm_source AS
            SELECT 'Vauban' AS cdm_source_name, 'Vauban' AS cdm_source_abbreviation, 'Vauban' AS cdm_holder,
                DATE '%1$s' AS source_release_date, DATE '%1$s' AS cdm_release_date, 'CDM v5.4.0' AS cdm_version,
                756265 AS cdm_version_concept_id, 'local' AS vocabulary_version
            """;

    private OmopTables() {}

    /** Makes what is known of persons before their care is looked at, and what every pass needs. */
    static void createShared(DuckSession session) {
        List.of(DIED, FOLLOWED, LOCATION).forEach(sql -> session.execute(KnownConcept.in(sql)));
    }

    /** Makes the table about the edition itself; the day of the release is written as ISO does. */
    static void createSource(DuckSession session, String today) {
        session.execute(CDM_SOURCE.formatted(today));
        session.execute("CREATE TABLE known_concept AS SELECT concept_id FROM concept");
    }

    /** Makes every table about the persons of a pass. */
    static void create(DuckSession session) {
        List.of(
                        PERSON,
                        VISIT_OCCURRENCE,
                        CONDITION_OCCURRENCE,
                        PROCEDURE_OCCURRENCE,
                        DRUG_EXPOSURE,
                        DEVICE_EXPOSURE,
                        MEASUREMENT,
                        OBSERVATION,
                        DEATH,
                        OBSERVATION_PERIOD)
                .forEach(sql -> session.execute(KnownConcept.in(sql)));
        session.execute(ERA.formatted(
                "drug",
                "drug_exposure_start_date",
                "drug_exposure_end_date",
                "drug_exposure",
                ERA_GAP_DAYS,
                "drug_exposure_count",
                GAP_DAYS));
        session.execute(ERA.formatted(
                "condition",
                "condition_start_date",
                "condition_end_date",
                "condition_occurrence",
                ERA_GAP_DAYS,
                "condition_occurrence_count",
                ""));
    }
}
