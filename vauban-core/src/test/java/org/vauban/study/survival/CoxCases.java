package org.vauban.study.survival;

import org.vauban.study.Agreement;
import org.vauban.study.ReferenceCase;
import tools.jackson.databind.JsonNode;

/** Cox models inside cases of other families. */
public final class CoxCases {
    private CoxCases() {}

    /** Cause-specific hazards are Cox regressions with the other causes censored. */
    public static void compareCauses(Agreement.Case figures, ReferenceCase reference) {
        ReferenceCase.Table table = reference.table("input.csv");
        // As in coxph(Surv(etime,event==k)~age+male).
        String call = reference.call();
        String[] surv =
                call.substring(call.indexOf("Surv(") + 5, call.indexOf("==")).split(",", -1);
        double[] cause = table.numbers(surv[1]);
        for (int each = 1; each <= 2; each++) {
            JsonNode part = reference.answer().get("cause" + each);
            if (part == null) {
                continue;
            }
            boolean[] events = new boolean[cause.length];
            for (int row = 0; row < cause.length; row++) {
                events[row] = cause[row] == each;
            }
            CoxData data = CoxData.of(table.numbers(surv[0]), events);
            for (JsonNode term : part.get("terms")) {
                data = data.covariate(term.asString(), table.numbers(term.asString()));
            }
            var model = new CoxReferenceTest.Model(data, Ties.EFRON, Concordance.eachAlone(data.rows()));
            CoxReferenceTest.compare(
                    figures,
                    "cause" + each + "/",
                    CoxRegression.fit(data, Ties.EFRON).orThrow(),
                    model);
        }
    }
}
