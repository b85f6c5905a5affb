package org.vauban.harmonise;

import java.util.List;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;

/**
 * The rules of the DCIR: from lines of reimbursement to care that took place.
 *
 * <p>ER_PRS_F has one row per claim, ER_PHA_F and the other affined tables have the detail. {@code claim} is a digest of the nine keys
 * that join them. What can be said of a row by itself is said part by part as it is read; then claims are joined with their detail;
 * then a person's dispensations are summed.
 */
final class ClaimRules {
    /** R13: the primary key of ER_PRS_F, and the foreign key of every affined table. A join that misses one of them invents care. */
    static final List<String> NINE_KEYS = List.of(
            "DCT_ORD_NUM",
            "FLX_DIS_DTD",
            "FLX_EMT_NUM",
            "FLX_EMT_ORD",
            "FLX_EMT_TYP",
            "FLX_TRT_DTD",
            "ORG_CLE_NUM",
            "PRS_ORD_NUM",
            "REM_TYP_AFF");

    /** R19, R20: the lines that are no care. */
    private static final List<RuleRun.Drop> NO_CARE = List.of(
            new RuleRun.Drop(BusinessRule.FICTITIOUS_NIR, "BEN_CDI_NIR <> '00'"),
            new RuleRun.Drop(BusinessRule.EXPENSE_QUALIFIER, "DPN_QLF = '71' OR PRS_DPN_QLP = '71'"),
            new RuleRun.Drop(BusinessRule.MAJORATION, "TRY_CAST(CPL_MAJ_TOP AS INTEGER) >= 2"));

    private static final String CLAIMS_READ = """
            CREATE OR REPLACE TABLE claim_read AS
            SELECT %s AS place, r.claim, %s AS fate, i.person, r.EXE_SOI_DTD AS day,
                CASE WHEN r.PRS_NAT_REF IN (%s) AND coalesce(r.PRS_ACT_QTE, 1) > 0 THEN r.PRS_NAT_REF END AS nature,
                coalesce(date_diff('month', r.EXE_SOI_DTD, r.FLX_DIS_DTD) > 6, false) AS is_late
            FROM snds.er_prs_f r
            LEFT JOIN insured i ON i.psa = r.BEN_NIR_PSA AND i.rng = coalesce(r.BEN_RNG_GEM, '')
            """;

    /** R16: each pair of codes that occurs gets a number. */
    private static final String NEW_PAIRS = """
            INSERT INTO drug_pair
            SELECT (SELECT count(*) FROM drug_pair) + row_number() OVER (ORDER BY cip13, cip7), cip13, cip7 FROM (
                SELECT DISTINCT coalesce(PHA_PRS_C13, '') AS cip13, coalesce(PHA_PRS_IDE, '') AS cip7 FROM snds.er_pha_f) p
            WHERE NOT EXISTS (SELECT 1 FROM drug_pair d WHERE d.cip13 = p.cip13 AND d.cip7 = p.cip7)
            """;

    private static final String DISPENSED = """
            SELECT p.claim, d.pair, coalesce(p.PHA_ACT_QSN, 1) FROM snds.er_pha_f p
            JOIN drug_pair d ON d.cip13 = coalesce(p.PHA_PRS_C13, '') AND d.cip7 = coalesce(p.PHA_PRS_IDE, '')
            """;

    /** R16: what the nomenclature says of each pair of codes: by CIP13 if it has one, else by CIP7. One number per drug. */
    private static final String DRUG_CODES = """
            CREATE TABLE drug_code AS
            WITH named AS (
                SELECT pair, nullif(ltrim(cip13, '0'), '') AS cip13, nullif(ltrim(cip7, '0'), '') AS cip7 FROM drug_pair),
            by_cip13 AS (
                SELECT PHA_CIP_C13 AS cip13, first(PHA_ATC_C07 ORDER BY rowid) AS atc, first(units ORDER BY rowid) AS units
                FROM snds.ir_pha_r WHERE PHA_CIP_C13 IS NOT NULL GROUP BY 1),
            by_cip7 AS (
                SELECT PHA_PRS_IDE AS cip7, first(PHA_CIP_C13 ORDER BY rowid) AS cip13,
                    first(PHA_ATC_C07 ORDER BY rowid) AS atc, first(units ORDER BY rowid) AS units
                FROM snds.ir_pha_r WHERE PHA_PRS_IDE IS NOT NULL GROUP BY 1),
            understood AS (
                SELECT named.pair,
                    CASE WHEN long_code.cip13 IS NOT NULL THEN 'cip13'
                         WHEN short_code.cip7 IS NOT NULL THEN 'cip7'
                         ELSE 'unknown' END AS known_by,
                    CASE WHEN long_code.cip13 IS NULL AND short_code.cip7 IS NULL AND named.cip13 IS NULL THEN 'CIP7'
                         ELSE 'CIP13' END AS vocabulary,
                    coalesce(long_code.cip13, short_code.cip13, named.cip13, named.cip7) AS code,
                    coalesce(long_code.atc, short_code.atc) AS atc,
                    coalesce(long_code.units, short_code.units) AS units
                FROM named
                LEFT JOIN by_cip13 long_code ON long_code.cip13 = named.cip13
                LEFT JOIN by_cip7 short_code ON long_code.cip13 IS NULL AND short_code.cip7 = named.cip7 AND %s)
            SELECT *, dense_rank() OVER (ORDER BY vocabulary, code) AS drug FROM understood
            """;

    /** R20: what was delivered and taken back on the same day sums to nothing. */
    private static final String SUMMED = """
            CREATE OR REPLACE TABLE dispensation AS
            WITH summed AS (
                SELECT l.person, l.day, c.drug, min(l.pair) AS pair, sum(l.boxes) AS boxes, count(*) AS lines
                FROM delivery l JOIN drug_code c ON c.pair = l.pair GROUP BY l.person, l.day, c.drug)
            SELECT s.person, s.day, c.vocabulary, c.code, c.atc, c.units, s.boxes, s.lines
            FROM summed s JOIN drug_code c ON c.pair = s.pair
            """;

    private static final String LINE_BY_LINE = """
            CREATE OR REPLACE TABLE dispensation AS
            SELECT l.person, l.day, c.vocabulary, c.code, c.atc, c.units, l.boxes, 1 AS lines
            FROM delivery l JOIN drug_code c ON c.pair = l.pair
            """;

    private final RuleRun run;
    private final DuckSession session;
    private final MemoryFile scratch;
    private final WaitingRows waiting;
    private final CodeBook codes;

    /** @param scratch a memory file that nobody else uses while claims are read or joined */
    ClaimRules(RuleRun run, MemoryFile scratch, WaitingRows waiting, CodeBook codes) {
        this.run = run;
        this.session = run.session();
        this.scratch = scratch;
        this.waiting = waiting;
        this.codes = codes;
    }

    void begin() {
        session.execute("CREATE TABLE drug_pair (pair INTEGER, cip13 VARCHAR, cip7 VARCHAR)");
    }

    /** Takes what was read of a table of claims. */
    void take(SndsTable table, SndsIntake snds) {
        switch (table) {
            case ER_PRS_F -> takeClaims(snds);
            case ER_PHA_F -> {
                session.execute(NEW_PAIRS);
                waiting.add(session, scratch, Flow.DISPENSED, DISPENSED);
            }
            case ER_CAM_F ->
                takeDetail(
                        Flow.TECHNICAL_ACT,
                        "CCAM",
                        "SELECT claim, ccam(CAM_PRS_IDE) AS code FROM snds.er_cam_f WHERE CAM_PRS_IDE IS NOT NULL");
            case ER_BIO_F ->
                takeDetail(
                        Flow.LABORATORY_ACT,
                        "NABM",
                        "SELECT claim, ltrim(BIO_PRS_IDE, '0') AS code FROM snds.er_bio_f"
                                + " WHERE BIO_PRS_IDE IS NOT NULL AND coalesce(BIO_ACT_QSN, 1) > 0");
            case ER_UCD_F ->
                takeDetail(
                        Flow.HOSPITAL_DRUG,
                        "UCD",
                        "SELECT claim, UCD_UCD_COD AS code, UCD_DLV_NBR FROM snds.er_ucd_f"
                                + " WHERE UCD_UCD_COD IS NOT NULL AND coalesce(UCD_DLV_NBR, 1) > 0");
            default -> throw new IllegalArgumentException(table + " is no table of claims");
        }
    }

    private void takeDetail(Flow flow, String vocabulary, String rows) {
        codes.note(session, "SELECT DISTINCT '" + vocabulary + "', code FROM (" + rows + ")");
        waiting.add(session, scratch, flow, rows);
    }

    private void takeClaims(SndsIntake snds) {
        session.execute(
                CLAIMS_READ.formatted(snds.place(SndsTable.ER_PRS_F, "r"), run.fate(NO_CARE), Events.TOWN_VISITS));
        long left = run.countFates("claim_read", NO_CARE);
        long late = run.isOn(BusinessRule.FLOW_LAG)
                ? session.number("SELECT count(*) FROM claim_read WHERE fate IS NULL AND is_late")
                : 0;
        run.line(BusinessRule.FLOW_LAG, left, left, 0, 0, late);
        snds.rejectUnknown(SndsTable.ER_PRS_F, "SELECT place FROM claim_read WHERE fate IS NULL AND person IS NULL");
        snds.rejectNoDay(
                SndsTable.ER_PRS_F, "EXE_SOI_DTD", "SELECT place FROM claim_read WHERE fate IS NULL AND day IS NULL");
        codes.note(session, "SELECT DISTINCT 'PRS_NAT', nature FROM claim_read WHERE fate IS NULL");
        waiting.add(
                session,
                scratch,
                Flow.CLAIM,
                "SELECT claim, CASE WHEN fate IS NULL AND day IS NOT NULL THEN person END AS person, day FROM claim_read");
        waiting.add(
                session,
                scratch,
                Flow.TOWN_VISIT,
                "SELECT person, day, nature FROM claim_read"
                        + " WHERE fate IS NULL AND person IS NOT NULL AND day IS NOT NULL AND nature IS NOT NULL");
        session.execute("DROP TABLE claim_read");
    }

    /** Understands the drugs, once every line was read. */
    void understandDrugs() {
        session.execute(DRUG_CODES.formatted(run.isOn(BusinessRule.CIP7) ? "true" : "false"));
        codes.note(
                session,
                "SELECT DISTINCT vocabulary, code FROM drug_code UNION SELECT DISTINCT 'ATC', atc FROM drug_code");
    }

    /** Joins the claims of a slot with what was dispensed and done on them. */
    void join(int slot) {
        List<Flow> flows =
                List.of(Flow.CLAIM, Flow.DISPENSED, Flow.TECHNICAL_ACT, Flow.LABORATORY_ACT, Flow.HOSPITAL_DRUG);
        flows.forEach(flow -> waiting.take(session, scratch, flow, slot));
        countLines();
        waiting.add(
                session,
                scratch,
                Flow.DELIVERY,
                "SELECT c.person, c.day, p.pair, p.boxes FROM dispensed p JOIN claim c ON c.claim = p.claim"
                        + " WHERE c.person IS NOT NULL");
        detail(Flow.TECHNICAL_ACT, Flow.TOWN_ACT, "d.code");
        detail(Flow.LABORATORY_ACT, Flow.TOWN_MEASUREMENT, "d.code");
        detail(Flow.HOSPITAL_DRUG, Flow.TOWN_DRUG, "d.code, d.quantity");
        flows.forEach(flow -> waiting.drop(session, flow));
    }

    private void detail(Flow from, Flow to, String columns) {
        waiting.add(
                session,
                scratch,
                to,
                "SELECT c.person, c.day, " + columns + " FROM " + from.table()
                        + " d JOIN claim c ON c.claim = d.claim WHERE c.person IS NOT NULL");
    }

    /** R13, R16: lines without their claim, and how the drugs of the others were understood. */
    private void countLines() {
        boolean joins = run.isOn(BusinessRule.NINE_KEY_JOIN);
        long[] lines = {session.number("SELECT count(*) FROM dispensed"), 0, 0, 0};
        session.rows(
                "SELECT d.known_by, count(*) FROM dispensed p JOIN drug_code d ON d.pair = p.pair"
                        + (joins ? " WHERE p.claim IN (SELECT claim FROM claim)" : "") + " GROUP BY 1",
                row -> {
                    lines[1] += row.getLong(2);
                    lines[2] += row.getString(1).equals("cip7") ? row.getLong(2) : 0;
                    lines[3] += row.getString(1).equals("unknown") ? row.getLong(2) : 0;
                });
        run.line(BusinessRule.NINE_KEY_JOIN, lines[0], lines[1], lines[0] - lines[1], 0, 0);
        run.line(BusinessRule.CIP7, lines[1], lines[1], 0, 0, run.isOn(BusinessRule.CIP7) ? lines[2] : 0);
        run.line(BusinessRule.CIP_UNKNOWN, lines[1], lines[1], 0, 0, run.isOn(BusinessRule.CIP_UNKNOWN) ? lines[3] : 0);
    }

    /** R20: makes {@code dispensation} of what was delivered to the persons of this pass. */
    void sumRegularisations() {
        BusinessRule rule = BusinessRule.REGULARISATION;
        session.execute(run.isOn(rule) ? SUMMED : LINE_BY_LINE);
        long before = session.number("SELECT count(*) FROM delivery");
        waiting.drop(session, Flow.DELIVERY);
        long dropped = 0;
        if (run.isOn(rule)) {
            dropped = session.number("SELECT sum(lines)::BIGINT FROM dispensation WHERE boxes <= 0");
            session.execute("DELETE FROM dispensation WHERE boxes <= 0");
        }
        long kept = session.number("SELECT count(*) FROM dispensation");
        run.line(rule, before, before - dropped, dropped, before - dropped - kept, 0);
    }
}
