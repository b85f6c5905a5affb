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

    private static void model(Agreement.Case figures, ModelFit fit) {
        ModelFit.Errors errors = fit.errors();
        figures.number("n", fit.rows(), 0)
                .number("deviance", fit.deviance(), 1e-8)
                .number("null_deviance", fit.nullDeviance(), 1e-8)
                .number("aic", fit.akaike(), 1e-8)
                .number("loglik", fit.logLikelihood(), 1e-8);
        for (int term = 0; term < fit.terms().size(); term++) {
            figures.number("coef/" + term, fit.coefficient(term), 1e-8)
                    .number("se/" + term, errors.standardError(term), 1e-7)
                    .number("z/" + term, errors.z(term), 1e-7)
                    .number("p/" + term, errors.p(term), 1e-6)
                    .number("se_hc0/" + term, fit.robust().standardError(term), 1e-7)
                    .number("se_hc1/" + term, fit.robustForSmallSamples().standardError(term), 1e-7);
            for (int other = 0; other < fit.terms().size(); other++) {
                double floor = errors.standardError(term) * errors.standardError(other);
                figures.number("vcov/" + term + "/" + other, errors.covariance()[term][other], 1e-8, floor);
            }
        }
    }

    private static ModelRows rows(ReferenceCase reference, Matcher call) {
        List<String> terms = new ArrayList<>();
        String offset = "";
        for (String term : call.group(2).split("\\+", -1)) {
            if (term.startsWith("offset(")) {
                offset = term.substring(7, term.length() - 1);
            } else {
                terms.add(term);
            }
        }
        Matcher named = Pattern.compile("offset=([\\w.()]+)").matcher(reference.call());
        offset = named.find() ? named.group(1) : offset;
        boolean logarithm = offset.startsWith("log(");
        String offsetColumn = logarithm ? offset.replace("log(", "").replace(")", "") : offset;
        Matcher weighted = Pattern.compile("weights=([\\w.]+)").matcher(reference.call());
        String weight = weighted.find() ? weighted.group(1) : "";
        Set<String> used = new TreeSet<>(terms);
        used.add(call.group(1));
        used.addAll(
                Stream.of(offsetColumn, weight).filter(each -> !each.isEmpty()).toList());
        ReferenceCase.Table whole = reference.table("input.csv");
        ReferenceCase.Table table = whole.where(IntStream.range(0, whole.rows())
                .filter(row -> used.stream().allMatch(column -> whole.known(column, row))));
        ModelRows rows = ModelRows.of(table.numbers(call.group(1)));
        for (String term : terms) {
            rows = rows.covariate(term, table.numbers(term));
        }
        if (!offset.isEmpty()) {
            double[] values = table.numbers(offsetColumn);
            rows = rows.offset(logarithm ? Arrays.stream(values).map(Math::log).toArray() : values);
        }
        return weight.isEmpty() ? rows : rows.weighted(table.numbers(weight));
    }

    private static Family family(String name) {
        return switch (name) {
            case "binomial" -> Family.BINOMIAL;
            case "poisson" -> Family.POISSON;
            default -> Family.GAUSSIAN;
        };
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
