package org.vauban.harmonise;

/**
 * The rules of the PMSI (medicine, surgery, obstetrics): which stays took place, once, and whose they are.
 *
 * <p>T_MCOaaB has the stay, T_MCOaaC its chaining to a person; both join on the year, ETA_NUM and RSA_NUM.
 */
final class StayRules {
    /** R21: each stay with its chaining. Where days are absent, the month of the exit and the nights tell them roughly. */
    private static final String STAY = """
            CREATE TABLE snds.stay AS
            SELECT row_number() OVER (ORDER BY b.rowid, c.rowid) AS stay, b.rowid AS line, b.year, b.ETA_NUM, b.RSA_NUM, b.DGN_PAL, b.DGN_REL, b.GRG_GHM, b.SOR_MOD,
                coalesce(b.year, TRY_CAST(b.SOR_ANN AS INTEGER)) AS exit_year,
                c.NIR_ANO_17, c.RNG_NAI,
                %s AS returns,
                coalesce(c.EXE_SOI_DTF, c.SOR_DAT, TRY_CAST(coalesce(c.SOR_ANN, b.SOR_ANN) || '-'
                    || lpad(coalesce(c.SOR_MOI, b.SOR_MOI), 2, '0') || '-01' AS DATE)) AS end_day,
                coalesce(c.EXE_SOI_DTD, c.ENT_DAT) AS start_day,
                TRY_CAST(b.SEJ_NBJ AS INTEGER) AS nights,
                b.fate
            FROM snds.t_mco_b b
            LEFT JOIN snds.t_mco_c c ON c.year IS NOT DISTINCT FROM b.year AND c.ETA_NUM = b.ETA_NUM AND c.RSA_NUM = b.RSA_NUM
            """;

    /** R25: every return code of the chaining; the last two exist since 2013. */
    static final java.util.List<String> RETURN_CODES = java.util.List.of(
            "NIR_RET", "NAI_RET", "SEX_RET", "SEJ_RET", "FHO_RET", "PMS_RET", "DAT_RET", "COH_NAI_RET", "COH_SEX_RET");

    /**
     * R25: the person is the one whose BEN_NIR_PSA is the stay's NIR_ANO_17. Twins of one sex share it; then the rank of birth decides,
     * and without it nobody can.
     */
    private static final String STAY_OF_PERSON = """
            CREATE TABLE stay AS
            WITH whose AS (
                SELECT s.stay,
                    CASE WHEN count(DISTINCT b.person) = 1 THEN any_value(b.person)
                         WHEN count(DISTINCT b.person) FILTER (b.rng = s.RNG_NAI) = 1
                             THEN any_value(b.person) FILTER (b.rng = s.RNG_NAI) END AS person
                FROM snds.stay s JOIN beneficiary b ON b.psa = s.NIR_ANO_17
                WHERE s.fate IS NULL GROUP BY s.stay)
            SELECT s.stay, w.person, s.year, s.ETA_NUM, s.RSA_NUM, s.DGN_PAL, s.DGN_REL, s.GRG_GHM, s.SOR_MOD,
                coalesce(s.start_day, s.end_day - coalesce(s.nights, 0)) AS start_day,
                greatest(coalesce(s.end_day, s.start_day + coalesce(s.nights, 0)), s.start_day) AS end_day
            FROM snds.stay s JOIN whose w ON w.stay = s.stay
            WHERE w.person IS NOT NULL AND coalesce(s.start_day, s.end_day) IS NOT NULL
            """;

    private StayRules() {}

    /** Makes {@code snds.stay} with a fate for each stay, and {@code stay} with those that go on. */
    static void apply(RuleRun run) {
        String returns = RETURN_CODES.stream()
                .map(code -> "coalesce(c." + code + ", '0') <> '0'")
                .collect(java.util.stream.Collectors.joining(" OR ", "(", ")"));
        run.session().execute(STAY.formatted(returns));
        run.drop(BusinessRule.NOT_CHAINED, "stay", "NIR_ANO_17 IN ('xxxxxxxxxxxxxxxxx', 'XXXXXXXXXXXXXXXXD')");
        run.drop(BusinessRule.RETURN_CODE, "stay", "returns");
        run.drop(BusinessRule.ERROR_GHM, "stay", "GRG_GHM LIKE '90%'");
        run.drop(
                BusinessRule.DUPLICATE_FINESS,
                "stay",
                "exit_year <= 2017 AND ETA_NUM IN (" + DuplicateFiness.asSql() + ")");
        run.session().execute(STAY_OF_PERSON);
    }
}
