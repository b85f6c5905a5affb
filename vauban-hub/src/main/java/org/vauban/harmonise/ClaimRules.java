package org.vauban.harmonise;

import org.vauban.duck.DuckSession;

/**
 * The rules of the DCIR: from lines of reimbursement to care that took place.
 *
 * <p>ER_PRS_F has one row per claim, ER_PHA_F and the other affined tables have the detail. {@code claim} is a digest of the nine keys
 * that join them.
 */
final class ClaimRules {
    /** R13: the primary key of ER_PRS_F, and the foreign key of every affined table. A join that misses one of them invents care. */
    static final java.util.List<String> NINE_KEYS = java.util.List.of(
            "DCT_ORD_NUM",
            "FLX_DIS_DTD",
            "FLX_EMT_NUM",
            "FLX_EMT_ORD",
            "FLX_EMT_TYP",
            "FLX_TRT_DTD",
            "ORG_CLE_NUM",
            "PRS_ORD_NUM",
            "REM_TYP_AFF");

    /** R16: each pair of codes that occurs, with what the nomenclature says: by CIP13 if it has one, else by CIP7. */
    private static final String DRUG_CODES = """
            CREATE TABLE drug_code AS
            WITH pair AS (
                SELECT DISTINCT PHA_PRS_C13, PHA_PRS_IDE,
                    nullif(ltrim(PHA_PRS_C13, '0'), '') AS cip13, nullif(ltrim(PHA_PRS_IDE, '0'), '') AS cip7
                FROM snds.er_pha_f),
            by_cip13 AS (
                SELECT PHA_CIP_C13 AS cip13, first(PHA_ATC_C07 ORDER BY rowid) AS atc, first(units ORDER BY rowid) AS units
                FROM snds.ir_pha_r WHERE PHA_CIP_C13 IS NOT NULL GROUP BY 1),
            by_cip7 AS (
                SELECT PHA_PRS_IDE AS cip7, first(PHA_CIP_C13 ORDER BY rowid) AS cip13,
                    first(PHA_ATC_C07 ORDER BY rowid) AS atc, first(units ORDER BY rowid) AS units
                FROM snds.ir_pha_r WHERE PHA_PRS_IDE IS NOT NULL GROUP BY 1)
            SELECT pair.PHA_PRS_C13, pair.PHA_PRS_IDE,
                CASE WHEN long_code.cip13 IS NOT NULL THEN 'cip13'
                     WHEN short_code.cip7 IS NOT NULL THEN 'cip7'
                     ELSE 'unknown' END AS known_by,
                CASE WHEN long_code.cip13 IS NULL AND short_code.cip7 IS NULL AND pair.cip13 IS NULL THEN 'CIP7'
                     ELSE 'CIP13' END AS vocabulary,
                coalesce(long_code.cip13, short_code.cip13, pair.cip13, pair.cip7) AS code,
                coalesce(long_code.atc, short_code.atc) AS atc,
                coalesce(long_code.units, short_code.units) AS units
            FROM pair
            LEFT JOIN by_cip13 long_code ON long_code.cip13 = pair.cip13
            LEFT JOIN by_cip7 short_code ON long_code.cip13 IS NULL AND short_code.cip7 = pair.cip7 AND %s
            """;

    /** R13, R18: each dispensed line with the person, the day and the drug. */
    private static final String DELIVERY = """
            CREATE TABLE delivery AS
            SELECT b.person, r.EXE_SOI_DTD AS day, d.vocabulary, d.code, d.atc, d.units, d.known_by,
                coalesce(p.PHA_ACT_QSN, 1) AS boxes
            FROM snds.er_pha_f p
            JOIN snds.er_prs_f r ON r.claim = p.claim
            JOIN beneficiary b ON b.psa = r.BEN_NIR_PSA AND b.rng IS NOT DISTINCT FROM r.BEN_RNG_GEM
            JOIN drug_code d ON d.PHA_PRS_C13 IS NOT DISTINCT FROM p.PHA_PRS_C13
                AND d.PHA_PRS_IDE IS NOT DISTINCT FROM p.PHA_PRS_IDE
            WHERE p.fate IS NULL AND r.fate IS NULL AND b.person IS NOT NULL AND r.EXE_SOI_DTD IS NOT NULL
            """;

    /** R20: what was delivered and taken back on the same day sums to nothing. */
    private static final String SUMMED = """
            CREATE TABLE dispensation AS
            SELECT person, day, vocabulary, code, any_value(atc) AS atc, any_value(units) AS units,
                sum(boxes) AS boxes, count(*) AS lines
            FROM delivery GROUP BY person, day, vocabulary, code
            """;

    private static final String LINE_BY_LINE = """
            CREATE TABLE dispensation AS
            SELECT person, day, vocabulary, code, atc, units, boxes, 1 AS lines FROM delivery
            """;

    private ClaimRules() {}

    /** Marks the rows of the claims, and makes {@code drug_code} and {@code dispensation}. */
    static void apply(RuleRun run) {
        run.drop(BusinessRule.FICTITIOUS_NIR, "er_prs_f", "BEN_CDI_NIR <> '00'");
        run.drop(BusinessRule.EXPENSE_QUALIFIER, "er_prs_f", "DPN_QLF = '71' OR PRS_DPN_QLP = '71'");
        run.drop(BusinessRule.MAJORATION, "er_prs_f", "TRY_CAST(CPL_MAJ_TOP AS INTEGER) >= 2");
        run.drop(BusinessRule.NINE_KEY_JOIN, "er_pha_f", "claim NOT IN (SELECT claim FROM snds.er_prs_f)");
        understandCodes(run);
        sumRegularisations(run);
        run.count(BusinessRule.FLOW_LAG, "er_prs_f", "date_diff('month', EXE_SOI_DTD, FLX_DIS_DTD) > 6");
    }

    private static void understandCodes(RuleRun run) {
        DuckSession session = run.session();
        session.execute(DRUG_CODES.formatted(run.isOn(BusinessRule.CIP7) ? "true" : "false"));
        for (BusinessRule rule : java.util.List.of(BusinessRule.CIP7, BusinessRule.CIP_UNKNOWN)) {
            String how = rule == BusinessRule.CIP7 ? "cip7" : "unknown";
            run.count(
                    rule,
                    "er_pha_f",
                    "(PHA_PRS_C13, PHA_PRS_IDE) IN (SELECT (c.PHA_PRS_C13, c.PHA_PRS_IDE) FROM drug_code c WHERE c.known_by = '"
                            + how + "')");
        }
    }

    private static void sumRegularisations(RuleRun run) {
        DuckSession session = run.session();
        BusinessRule rule = BusinessRule.REGULARISATION;
        session.execute(DELIVERY);
        session.execute(run.isOn(rule) ? SUMMED : LINE_BY_LINE);
        long before = session.number("SELECT count(*) FROM delivery");
        session.execute("DROP TABLE delivery");
        long dropped = 0;
        if (run.isOn(rule)) {
            dropped = session.number("SELECT sum(lines)::BIGINT FROM dispensation WHERE boxes <= 0");
            session.execute("DELETE FROM dispensation WHERE boxes <= 0");
        }
        long kept = session.number("SELECT count(*) FROM dispensation");
        run.line(rule, "er_pha_f", before, before - dropped, dropped, before - dropped - kept, 0);
    }
}
