package org.vauban.synth;

/** The planted errors of the insurer's data, each named after the rule that has to answer it. */
enum Trap {
    NINE_KEY_JOIN("nine-key-join"),
    FICTITIOUS_NIR("fictitious-nir"),
    PERSON_IDENTIFIER("person-identifier"),
    EXPENSE_QUALIFIER("expense-qualifier"),
    REGULARISATION("regularisation"),
    FLOW_LAG("flow-lag"),
    MAJORATION("majoration"),
    CIP7("cip7"),
    CIP_UNKNOWN("cip-unknown"),
    RETURN_CODE("return-code"),
    NOT_CHAINED("not-chained"),
    ERROR_GHM("error-ghm"),
    DUPLICATE_FINESS("duplicate-finess"),
    DEATH_1600("death-1600"),
    UNMATCHED_DEATH("unmatched-death"),
    ALD("ald");

    private final String rule;

    Trap(String rule) {
        this.rule = rule;
    }

    /** Name of the rule. */
    String rule() {
        return rule;
    }
}
