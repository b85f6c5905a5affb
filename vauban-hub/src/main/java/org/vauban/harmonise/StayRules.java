package org.vauban.harmonise;

import java.util.List;
import java.util.stream.Collectors;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;

/**
 * The rules of the PMSI (medicine, surgery, obstetrics): which stays took place, once, and whose they are.
 *
 * <p>T_MCOaaB has the stay, T_MCOaaC its chaining to a person, D and A its diagnoses and acts; all join on the year, ETA_NUM and
 * RSA_NUM, of which {@code stay_key} is a digest.
 */
final class StayRules {
    /** R25: every return code of the chaining; the last two exist since 2013. */
    static final List<String> RETURN_CODES = List.of(
            "NIR_RET", "NAI_RET", "SEX_RET", "SEJ_RET", "FHO_RET", "PMS_RET", "DAT_RET", "COH_NAI_RET", "COH_SEX_RET");

    private static final List<RuleRun.Drop> NO_STAY = List.of(
            new RuleRun.Drop(BusinessRule.NOT_CHAINED, "c.NIR_ANO_17 IN ('xxxxxxxxxxxxxxxxx', 'XXXXXXXXXXXXXXXXD')"),
            new RuleRun.Drop(
                    BusinessRule.RETURN_CODE,
                    RETURN_CODES.stream()
                            .map(code -> "coalesce(c." + code + ", '0') <> '0'")
                            .collect(Collectors.joining(" OR "))),
            new RuleRun.Drop(BusinessRule.ERROR_GHM, "b.GRG_GHM LIKE '90%'"),
            new RuleRun.Drop(
                    BusinessRule.DUPLICATE_FINESS,
                    "coalesce(b.year, TRY_CAST(b.SOR_ANN AS INTEGER)) <= 2017 AND b.ETA_NUM IN ("
                            + DuplicateFiness.asSql() + ")"));

    /** R21: each stay with its chaining. Where days are absent, the month of the exit and the nights tell them roughly. */
    private static final String STAY = """
            CREATE OR REPLACE TABLE snds.stay AS
            SELECT %d + row_number() OVER (ORDER BY b.place, c.place) AS stay, b.place, b.stay_key, b.year, b.ETA_NUM, b.RSA_NUM,
                b.DGN_PAL, b.DGN_REL, b.GRG_GHM, c.NIR_ANO_17, c.RNG_NAI,
                coalesce(c.EXE_SOI_DTF, c.SOR_DAT, TRY_CAST(coalesce(c.SOR_ANN, b.SOR_ANN) || '-'
                    || lpad(coalesce(c.SOR_MOI, b.SOR_MOI), 2, '0') || '-01' AS DATE)) AS end_day,
                coalesce(c.EXE_SOI_DTD, c.ENT_DAT) AS start_day,
                TRY_CAST(b.SEJ_NBJ AS INTEGER) AS nights,
                %s AS fate
            FROM t_mco_b b
            LEFT JOIN t_mco_c c ON c.stay_key = b.stay_key
            """;

    /**
     * R25: the person is the one whose BEN_NIR_PSA is the stay's NIR_ANO_17. Twins of one sex share it; then the rank of birth decides,
     * and without it nobody can.
     */
    private static final String STAY_OF_PERSON = """
            CREATE OR REPLACE TABLE snds.stay_of_person AS
            WITH whose AS (
                SELECT s.stay,
                    CASE WHEN count(DISTINCT b.person) = 1 THEN any_value(b.person)
                         WHEN count(DISTINCT b.person) FILTER (b.rng = s.RNG_NAI) = 1
                             THEN any_value(b.person) FILTER (b.rng = s.RNG_NAI) END AS person
                FROM snds.stay s JOIN beneficiary b ON b.psa = s.NIR_ANO_17
                WHERE s.fate IS NULL GROUP BY s.stay)
            SELECT w.person, s.stay, s.stay_key, s.year, s.ETA_NUM, s.RSA_NUM, s.DGN_PAL, s.DGN_REL, s.GRG_GHM,
                coalesce(s.start_day, s.end_day - coalesce(s.nights, 0)) AS start_day,
                greatest(coalesce(s.end_day, s.start_day + coalesce(s.nights, 0)), s.start_day) AS end_day
            FROM snds.stay s JOIN whose w ON w.stay = s.stay
            WHERE w.person IS NOT NULL AND coalesce(s.start_day, s.end_day) IS NOT NULL
            """;

    private final RuleRun run;
    private final DuckSession session;
    private final MemoryFile scratch;
    private final WaitingRows waiting;
    private final CodeBook codes;

    /** @param scratch a memory file that nobody else uses while stays are read or joined */
    StayRules(RuleRun run, MemoryFile scratch, WaitingRows waiting, CodeBook codes) {
        this.run = run;
        this.session = run.session();
        this.scratch = scratch;
        this.waiting = waiting;
        this.codes = codes;
    }

    /** Takes what was read of a table of stays. */
    void take(SndsTable table, SndsIntake snds) {
        waiting.add(
                session,
                scratch,
                Flow.valueOf(table.name()),
                "SELECT " + SndsTable.STAY_KEY + ", " + snds.place(table, "t") + ", * EXCLUDE (deposit, "
                        + SndsTable.STAY_KEY + ", fate) FROM snds." + table.stageName() + " t");
    }

    /** Joins the stays of a slot with their chaining, and gives diagnoses and acts to their persons. */
    void join(int slot, SndsIntake snds) {
        List<Flow> flows = List.of(Flow.T_MCO_B, Flow.T_MCO_C, Flow.T_MCO_D, Flow.T_MCO_A);
        flows.forEach(flow -> waiting.take(session, scratch, flow, slot));
        session.execute(STAY.formatted((long) slot << 40, run.fate(NO_STAY)));
        run.countFates("snds.stay", NO_STAY);
        session.execute(STAY_OF_PERSON);
        snds.reject(
                SndsTable.T_MCO_B,
                "unknown_person",
                "a stay chained to one known person, with a day",
                "none, or several",
                "SELECT place FROM snds.stay WHERE fate IS NULL AND stay NOT IN (SELECT stay FROM snds.stay_of_person)"
                        + " ORDER BY place");
        codes.note(session, """
                SELECT 'GHM', GRG_GHM FROM snds.stay_of_person UNION SELECT 'CIM10', cim10(DGN_PAL) FROM snds.stay_of_person
                UNION SELECT 'CIM10', cim10(DGN_REL) FROM snds.stay_of_person
                UNION SELECT 'CIM10', cim10(d.ASS_DGN) FROM t_mco_d d SEMI JOIN snds.stay_of_person s ON s.stay_key = d.stay_key
                UNION SELECT 'CCAM', ccam(a.CDC_ACT) FROM t_mco_a a SEMI JOIN snds.stay_of_person s ON s.stay_key = a.stay_key""");
        waiting.add(session, scratch, Flow.STAY, "SELECT * EXCLUDE (stay_key) FROM snds.stay_of_person");
        waiting.add(session, scratch, Flow.STAY_DIAGNOSIS, """
                SELECT s.person, s.stay, d.ASS_DGN FROM t_mco_d d JOIN snds.stay_of_person s ON s.stay_key = d.stay_key
                WHERE d.ASS_DGN IS NOT NULL""");
        waiting.add(session, scratch, Flow.STAY_ACT, """
                SELECT s.person, s.stay, a.CDC_ACT, a.ENT_DAT_DEL
                FROM t_mco_a a JOIN snds.stay_of_person s ON s.stay_key = a.stay_key WHERE a.CDC_ACT IS NOT NULL""");
        session.execute("DROP TABLE snds.stay_of_person");
        flows.forEach(flow -> waiting.drop(session, flow));
    }
}
