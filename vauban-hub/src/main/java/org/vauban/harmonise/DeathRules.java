package org.vauban.harmonise;

/** Who died, when and of what: IR_BEN_R has the day, KI_CCI_R the certificate with its cause. */
final class DeathRules {
    private DeathRules() {}

    /** Takes unknown days of death away, and marks certificates of nobody. */
    static void apply(RuleRun run) {
        String unknown = "BEN_DCD_DTE = DATE '1600-01-01'";
        run.count(BusinessRule.DEATH_1600, "ir_ben_r", unknown);
        if (run.isOn(BusinessRule.DEATH_1600)) {
            run.session().execute("UPDATE snds.ir_ben_r SET BEN_DCD_DTE = NULL WHERE " + unknown);
        }
        run.drop(BusinessRule.UNMATCHED_DEATH, "ki_cci_r", "coalesce(DCD_IDT_TOP, '') <> '1'");
    }
}
