package org.vauban.study.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.study.SharedReference;
import tools.jackson.databind.JsonNode;

/** Cox regression gives R's numbers. The R call of each case is read as a formula, so that a new case needs no code. */
class CoxReferenceTest {
    private static final Pattern SURVIVAL = Pattern.compile("Surv\\(([^)]*)\\)~(.*?),data=d");

    /** What a case asks and we do not compute: it is reported as not run, never as passed. */
    private static String notComputed(ReferenceCase reference) {
        if (reference.call().contains("ties='exact'")) {
            return "exact ties";
        }
        // Robust and clustered standard errors of the other cases are not compared either; their models and model
        // errors are.
        if (reference.call().startsWith("survfit")) {
            return "predicted curves and residuals";
        }
        return "";
    }

    static Stream<ReferenceCase> cases() {
        return ReferenceCase.of(SharedReference.folder("oracles/epi"), "cox");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheNumbersOfR(ReferenceCase reference) {
        String missing = notComputed(reference);
        if (!missing.isEmpty()) {
            Assumptions.abort("not run: " + missing);
        }
        JsonNode expected = reference.answer();

        CoxResult result = CoxRegression.fit(data(reference), ties(reference));

        if (expected.has("diverges")) {
            assertThat(result).isEqualTo(new CoxResult.NoEstimate(CoxResult.Reason.MONOTONE_LIKELIHOOD, List.of("x")));
            JsonNode other = expected.get("z_only");
            agrees(
                    CoxRegression.fit(data(reference, "time", "event", "z"), Ties.EFRON)
                            .orThrow(),
                    other);
        } else {
            agrees(result.orThrow(), expected);
        }
    }

    @Test
    void causeSpecificHazardsAreCoxRegressionsWithTheOtherCausesCensored() {
        ReferenceCase reference = ReferenceCase.read(SharedReference.folder("oracles/epi/e065_mgus2_causespecific"));
        ReferenceCase.Table table = reference.table("input.csv");
        double[] cause = table.numbers("event");

        for (int each = 1; each <= 2; each++) {
            boolean[] events = new boolean[cause.length];
            for (int row = 0; row < cause.length; row++) {
                events[row] = cause[row] == each;
            }
            CoxData data = CoxData.of(table.numbers("etime"), events)
                    .covariate("age", table.numbers("age"))
                    .covariate("male", table.numbers("male"));

            agrees(
                    CoxRegression.fit(data, Ties.EFRON).orThrow(),
                    reference.answer().get("cause" + each));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"e086_infert_clogit_efron", "e087_infert_clogit_breslow"})
    void conditionalLogisticRegressionIsAStratifiedCoxRegressionAtOneTime(String name) {
        ReferenceCase reference = ReferenceCase.read(SharedReference.folder("oracles/epi/" + name));
        ReferenceCase.Table table = reference.table("input.csv");
        double[] time = new double[table.rows()];
        Arrays.fill(time, 1);
        double[] cases = table.numbers("case");
        boolean[] events = new boolean[cases.length];
        for (int row = 0; row < cases.length; row++) {
            events[row] = cases[row] == 1;
        }
        List<String> strata = table.texts("stratum");
        CoxData data = CoxData.of(time, events)
                .stratified(strata.stream().mapToInt(strata::indexOf).toArray())
                .covariate("spontaneous", table.numbers("spontaneous"))
                .covariate("induced", table.numbers("induced"));

        CoxFit fit = CoxRegression.fit(data, ties(reference)).orThrow();

        JsonNode expected = reference.answer();
        close(fit.logLikelihoodNull(), expected.get("loglik_null").asDouble(), 1e-8);
        close(fit.logLikelihood(), expected.get("loglik").asDouble(), 1e-8);
        for (int term = 0; term < 2; term++) {
            close(fit.coefficient(term), expected.get("coef").get(term).asDouble(), 1e-8);
            close(fit.standardError(term), expected.get("se").get(term).asDouble(), 1e-7);
            close(fit.covariance(term, 0), expected.get("vcov").get(term).get(0).asDouble(), 1e-7);
        }
    }

    private static void agrees(CoxFit fit, JsonNode expected) {
        JsonNode terms = expected.get("terms");
        assertThat(fit.rows()).isEqualTo(expected.get("n").asInt());
        assertThat(fit.events()).isEqualTo(expected.get("nevent").asInt());
        close(fit.logLikelihoodNull(), expected.get("loglik_null").asDouble(), 1e-8);
        close(fit.logLikelihood(), expected.get("loglik").asDouble(), 1e-8);
        int size = terms.isArray() ? terms.size() : 1;
        for (int term = 0; term < size; term++) {
            close(fit.coefficient(term), number(expected.get("coef"), term), 1e-8);
            close(fit.hazardRatio(term), number(expected.get("hr"), term), 1e-8);
            close(fit.standardError(term), number(expected.get("se_model"), term), 1e-7);
            if (expected.get("se_robust").isNull()) {
                close(Math.exp(fit.waldInterval(term, 0.95).lower()), number(expected.get("ci95_lower"), term), 1e-7);
                close(Math.exp(fit.waldInterval(term, 0.95).upper()), number(expected.get("ci95_upper"), term), 1e-7);
                close(fit.p(term), number(expected.get("p"), term), 1e-6);
                close(fit.waldTest(), number(expected.get("wald_test"), 0), 1e-6);
            }
        }
        close(fit.likelihoodRatioTest(), number(expected.get("lr_test"), 0), 1e-6);
        close(fit.scoreTest(), number(expected.get("score_test"), 0), 1e-6);
    }

    private static double number(JsonNode node, int index) {
        JsonNode cell = node.isArray() ? node.get(index) : node;
        return cell.isArray() ? cell.get(0).asDouble() : cell.asDouble();
    }

    private static void close(double found, double expected, double relative) {
        assertThat(found).isCloseTo(expected, within(relative * Math.max(Math.abs(expected), 1e-300)));
    }

    private static Ties ties(ReferenceCase reference) {
        return reference.call().contains("breslow") ? Ties.BRESLOW : Ties.EFRON;
    }

    /** Reads the formula of the R call. Rows with a missing value in any variable are left out, as R does. */
    private static CoxData data(ReferenceCase reference) {
        Matcher call = SURVIVAL.matcher(reference.call());
        assertThat(call.find()).isTrue();
        return data(reference, call.group(1), call.group(2));
    }

    private static CoxData data(ReferenceCase reference, String times, String event, String terms) {
        return data(reference, times + "," + event, terms);
    }

    private static CoxData data(ReferenceCase reference, String surv, String formula) {
        String[] times = surv.split(",", -1);
        List<String> terms = new ArrayList<>();
        String strata = "";
        String offset = "";
        for (String term : formula.split("\\+", -1)) {
            if (term.startsWith("strata(")) {
                strata = inside(term);
            } else if (term.startsWith("offset(")) {
                offset = inside(term);
            } else {
                terms.add(term);
            }
        }
        String weights = option(reference.call(), "weights");
        Set<String> used = new TreeSet<>(terms);
        used.addAll(Arrays.asList(times));
        for (String optional : List.of(strata, offset, weights)) {
            if (!optional.isEmpty()) {
                used.add(optional);
            }
        }
        ReferenceCase.Table whole = reference.table("input.csv");
        ReferenceCase.Table table = whole.where(IntStream.range(0, whole.rows())
                .filter(row -> used.stream().noneMatch(column -> {
                    String cell = whole.texts(column).get(row);
                    return cell.isEmpty() || cell.equals("NA");
                })));
        double[] flags = table.numbers(times[times.length - 1]);
        boolean[] events = new boolean[flags.length];
        for (int row = 0; row < flags.length; row++) {
            events[row] = flags[row] == 1;
        }
        CoxData data = CoxData.of(table.numbers(times[times.length - 2]), events);
        if (times.length == 3) {
            data = data.entering(table.numbers(times[0]));
        }
        for (String term : terms) {
            data = data.covariate(term, table.numbers(term));
        }
        if (!strata.isEmpty()) {
            List<String> levels = table.texts(strata);
            data = data.stratified(levels.stream().mapToInt(levels::indexOf).toArray());
        }
        if (!offset.isEmpty()) {
            data = data.offset(table.numbers(offset));
        }
        return weights.isEmpty() ? data : data.weighted(table.numbers(weights));
    }

    private static String inside(String term) {
        return term.substring(term.indexOf('(') + 1, term.indexOf(')'));
    }

    private static String option(String call, String name) {
        Matcher found = Pattern.compile(name + "=([\\w.]+)").matcher(call);
        return found.find() ? found.group(1) : "";
    }
}
