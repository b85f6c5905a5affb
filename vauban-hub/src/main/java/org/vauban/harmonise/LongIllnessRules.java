package org.vauban.harmonise;

/** Long-term illnesses (ALD) of IR_IMB_R: MED_NCL_IDT tells the nomenclature of MED_MTF_COD. */
final class LongIllnessRules {
    private LongIllnessRules() {}

    /** Marks illnesses that are not coded in CIM-10: OMOP has no place for them, and they are counted. */
    static void apply(RuleRun run) {
        run.drop(BusinessRule.ALD, "ir_imb_r", "coalesce(MED_NCL_IDT, '') NOT IN ('CIM10', 'CIM-10')");
    }
}
