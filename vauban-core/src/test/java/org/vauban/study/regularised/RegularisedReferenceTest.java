package org.vauban.study.regularised;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vauban.study.Agreement;
import org.vauban.study.ReferenceCase;
import org.vauban.study.SharedReference;
import tools.jackson.databind.JsonNode;

/** Lasso, ridge and elastic net give the numbers of R's {@code glmnet}. */
class RegularisedReferenceTest {
    private static final Pattern SURVIVAL = Pattern.compile("Surv\\(([\\w.]+),([\\w.]+)\\)");
    private static final Agreement AGREEMENT = new Agreement("regularised");

    static Stream<ReferenceCase> cases() {
        return ReferenceCase.of(SharedReference.folder("oracles/epi"), "regularised");
    }

    @AfterAll
    static void tell() {
        System.out.println(AGREEMENT.report());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheNumbersOfR(ReferenceCase reference) {
        JsonNode answer = reference.answer();
        List<String> terms =
                answer.get("terms").valueStream().map(JsonNode::asString).toList();
        boolean intercept = terms.getFirst().equals("(Intercept)");
        List<String> names = intercept ? terms.subList(1, terms.size()) : terms;
        double[] lambdas = numbers(answer.get("lambda"));
        double alpha = answer.get("alpha").asDouble();
        boolean standardised = answer.has("standardize")
                ? answer.get("standardize").asBoolean()
                : !reference.call().contains("standardize=FALSE");

        List<RegularisedFit> fits = regression(reference, names).path(lambdas, alpha, standardised);

        Agreement.Case figures = AGREEMENT.of(reference);
        figures.number("alpha", alpha, 0);
        for (int index = 0; index < lambdas.length; index++) {
            RegularisedFit fit = fits.get(index);
            figures.number("lambda/" + index, fit.penalty().lambda(), 0)
                    .number("objective/" + index, fit.objective(), 1e-8);
            for (int term = 0; term < terms.size(); term++) {
                double found = !intercept
                        ? fit.coefficients()[term]
                        : term == 0 ? fit.intercept() : fit.coefficients()[term - 1];
                // Absolute: a coefficient that is not chosen is nought in both.
                figures.number("coef_by_lambda/" + index + "/" + term, found, 1e-6, 1);
            }
            assertThat(fit.residual())
                    .as("distance from the optimum's conditions")
                    .isLessThan(1e-8);
        }
        figures.check();
    }

    private static double[] numbers(JsonNode node) {
        return node.isArray()
                ? node.valueStream().mapToDouble(JsonNode::asDouble).toArray()
                : new double[] {node.asDouble()};
    }

    private static RegularisedRegression regression(ReferenceCase reference, List<String> names) {
        ReferenceCase.Table whole = reference.table("input.csv");
        JsonNode outcome = reference.answer().get("outcome");
        Matcher surv = SURVIVAL.matcher(reference.call() + outcome);
        ReferenceCase.Table table = whole.where(IntStream.range(0, whole.rows())
                .filter(row -> names.stream().allMatch(column -> whole.known(column, row))));
        SparseColumns columns =
                SparseColumns.of(names.stream().map(table::numbers).toList());
        if (surv.find()) {
            return RegularisedRegression.cox(columns, table.numbers(surv.group(1)), table.flags(surv.group(2)));
        }
        if (outcome == null || outcome.isNull() || outcome.isArray()) {
            // A survival case that does not name its columns in the call.
            String time = Stream.of("time", "rfstime", "futime")
                    .filter(table.columns()::containsKey)
                    .findFirst()
                    .orElseThrow();
            String event = Stream.of("death", "event", "status", "fustat")
                    .filter(table.columns()::containsKey)
                    .findFirst()
                    .orElseThrow();
            return RegularisedRegression.cox(columns, table.numbers(time), table.flags(event));
        }
        return RegularisedRegression.logistic(columns, table.flags(outcome.asString()));
    }
}
