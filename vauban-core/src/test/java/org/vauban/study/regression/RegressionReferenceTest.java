package org.vauban.study.regression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vauban.study.Agreement;
import org.vauban.study.ReferenceCase;
import org.vauban.study.SharedReference;
import org.vauban.study.survival.CoxFit;
import org.vauban.study.survival.Ties;

/** Regressions give the numbers of R's {@code glm}, {@code sandwich} and {@code clogit}. The call of each case is read. */
class RegressionReferenceTest {
    private static final Pattern MATCHED = Pattern.compile("clogit\\(([\\w.]+)~(.*?)\\+strata\\(([\\w.]+)\\),?(.*)\\)");
    private static final Agreement AGREEMENT = new Agreement("glm");

    static Stream<ReferenceCase> cases() {
        return ReferenceCase.of(SharedReference.folder("oracles/epi"), "glm");
    }

    @AfterAll
    static void tell() {
        System.out.println(AGREEMENT.report());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheNumbersOfR(ReferenceCase reference) {
        Matcher matched = MATCHED.matcher(reference.call());
        Agreement.Case figures = AGREEMENT.of(reference);
        String title = reference.expected().get("title").asString();
        if (matched.find()) {
            matched(figures, reference, matched);
        } else if (title.toLowerCase(Locale.ROOT).contains("separat")) {
            // R warns of separation and prints large numbers; we report none.
            assertThat(RegressionCases.result(reference))
                    .isInstanceOfSatisfying(
                            ModelResult.NoEstimate.class,
                            none -> assertThat(none.reason()).isEqualTo(ModelResult.Reason.SEPARATED));
            return;
        } else if (RegressionCases.isOne(reference)) {
            RegressionCases.compare(figures, reference);
        } else {
            Assumptions.abort("not run: no comparison knows the form of " + reference.id());
        }
        figures.check();
    }

    private static void matched(Agreement.Case figures, ReferenceCase reference, Matcher call) {
        ReferenceCase.Table table = reference.table("input.csv");
        List<String> names = List.of(call.group(2).split("\\+", -1));
        Ties ties = call.group(4).contains("breslow")
                ? Ties.BRESLOW
                : call.group(4).contains("efron") ? Ties.EFRON : Ties.EXACT;

        CoxFit fit = ConditionalLogistic.fit(
                        table.flags(call.group(1)),
                        table.groups(call.group(3)),
                        names,
                        names.stream().map(table::numbers).toList(),
                        ties)
                .orThrow();

        figures.number("loglik_null", fit.logLikelihoodNull(), 1e-8).number("loglik", fit.logLikelihood(), 1e-8);
        for (int term = 0; term < names.size(); term++) {
            figures.number("coef/" + term, fit.coefficient(term), 1e-8)
                    .number("se/" + term, fit.standardError(term), 1e-7);
            for (int other = 0; other < names.size(); other++) {
                double floor = fit.standardError(term) * fit.standardError(other);
                figures.number("vcov/" + term + "/" + other, fit.covariance(term, other), 1e-8, floor);
            }
        }
    }
}
