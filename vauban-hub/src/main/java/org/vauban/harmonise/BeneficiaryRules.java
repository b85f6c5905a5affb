package org.vauban.harmonise;

/**
 * Who is who in IR_BEN_R.
 *
 * <p>The table has one row per pseudo-NIR and rank (BEN_NIR_PSA, BEN_RNG_GEM). A child insured through each parent in turn, and later by
 * itself, has three rows and one BEN_NIR_ANO. Twins share a pseudo-NIR and differ by rank. The identity zone has answered for each row
 * by itself.
 */
final class BeneficiaryRules {
    /** Joins rows that share BEN_NIR_ANO; a row without one stands for itself. */
    private static final String BY_ANONYMOUS_NIR =
            "coalesce(BEN_NIR_ANO, BEN_NIR_PSA || '|' || coalesce(BEN_RNG_GEM, ''))";

    private static final String EACH_ROW_BY_ITSELF = "BEN_NIR_PSA || '|' || coalesce(BEN_RNG_GEM, '')";

    /** Every pseudo-NIR and rank with its person: the first known answer among the rows of its group, in the order of the file. */
    private static final String BENEFICIARY = """
            CREATE TABLE beneficiary AS
            WITH answered AS (
                SELECT b.rowid AS line, b.BEN_NIR_PSA, b.BEN_RNG_GEM, b.BEN_NIR_ANO, b.BEN_IDT_ANO, %s AS ben_id, a.person
                FROM snds.ir_ben_r b
                LEFT JOIN answer a ON a.deposit = b.deposit
                    AND a.record = coalesce(b.RECORD_NUMBER, b.BEN_NIR_PSA || '|' || coalesce(b.BEN_RNG_GEM, '')))
            SELECT line, BEN_NIR_PSA AS psa, BEN_RNG_GEM AS rng, BEN_NIR_ANO AS ano, BEN_IDT_ANO AS idt, ben_id,
                first_value(person IGNORE NULLS) OVER (
                    PARTITION BY ben_id ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS person,
                person AS own_person
            FROM answered
            """;

    /** Whose a line of reimbursement is: one person for each pseudo-NIR and rank, that of the first row which has one. */
    private static final String INSURED = """
            CREATE TABLE insured AS
            SELECT psa, coalesce(rng, '') AS rng, first(person ORDER BY line) AS person
            FROM beneficiary WHERE person IS NOT NULL AND psa IS NOT NULL GROUP BY ALL
            """;

    private BeneficiaryRules() {}

    /** Makes the tables {@code beneficiary} and {@code insured}. */
    static void apply(RuleRun run) {
        BusinessRule rule = BusinessRule.PERSON_IDENTIFIER;
        run.session().execute(BENEFICIARY.formatted(run.isOn(rule) ? BY_ANONYMOUS_NIR : EACH_ROW_BY_ITSELF));
        long rows = run.session().number("SELECT count(*) FROM beneficiary");
        long persons = run.session().number("SELECT count(DISTINCT ben_id) FROM beneficiary");
        long merged = run.isOn(rule) ? rows - persons : 0;
        run.session().execute(INSURED);
        run.line(rule, rows, rows - merged, 0, merged, 0);
    }
}
