package org.vauban.study.competing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vauban.study.Agreement;
import org.vauban.study.ReferenceCase;
import org.vauban.study.SharedReference;
import org.vauban.study.survival.CoxCases;
import tools.jackson.databind.JsonNode;

/** Competing risks give the numbers of R's {@code survival} and {@code cmprsk}. */
class CompetingReferenceTest {
    private static final Agreement AGREEMENT = new Agreement("competing");
    private static final String CURVE = "expected_curve.csv";

    static Stream<ReferenceCase> cases() {
        return ReferenceCase.of(SharedReference.folder("oracles/epi"), "competing");
    }

    @AfterAll
    static void tell() {
        System.out.println(AGREEMENT.report());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheNumbersOfR(ReferenceCase reference) {
        Agreement.Case figures = AGREEMENT.of(reference);
        JsonNode answer = reference.answer();
        if (reference.has(CURVE)) {
            curves(figures, reference);
        } else if (answer.has("tests")) {
            gray(figures, reference);
        } else if (answer.has("terms")) {
            fineGray(figures, reference);
        } else {
            CoxCases.compareCauses(figures, reference);
        }
        figures.check();
    }

    /** Causes of a column: its numbers, or the places of its levels when it has names. */
    private static CompetingTimes times(ReferenceCase reference, ReferenceCase.Table rows) {
        double[] causes = rows.numbers(reference.answer().get("event").asString());
        return new CompetingTimes(
                rows.numbers(reference.answer().get("time").asString()),
                Arrays.stream(causes).mapToInt(each -> (int) each).toArray());
    }

    private static void curves(Agreement.Case figures, ReferenceCase reference) {
        ReferenceCase.Table input = reference.table("input.csv");
        JsonNode by = reference.answer().get("group");
        List<String> strata =
                List.copyOf(new LinkedHashSet<>(reference.table(CURVE).texts("stratum")));
        for (String stratum : strata) {
            ReferenceCase.Table rows = input.where(IntStream.range(0, input.rows())
                    .filter(row -> by == null
                            || by.isNull()
                            || !input.columns().containsKey(by.asString())
                            || (by.asString() + "=" + input.texts(by.asString()).get(row)).equals(stratum)));
            AalenJohansen curve = AalenJohansen.estimate(times(reference, rows), 2);
            int from = reference.table(CURVE).texts("stratum").indexOf(stratum);
            column(figures, curve, "time", from, curve::time);
            column(figures, curve, "n_risk", from, curve::atRisk);
            column(figures, curve, "n_censor", from, curve::censored);
            column(figures, curve, "p_free", from, curve::free);
            column(figures, curve, "se_free", from, curve::freeError);
            for (int each = 1; each <= 2; each++) {
                int cause = each;
                column(figures, curve, "n_event" + cause, from, row -> curve.events(cause, row));
                column(figures, curve, "cif" + cause, from, row -> curve.incidence(cause, row));
                column(figures, curve, "se_cif" + cause, from, row -> curve.incidenceError(cause, row));
            }
        }
    }

    private static void column(
            Agreement.Case figures, AalenJohansen curve, String name, int from, IntToDoubleFunction value) {
        double[] found = IntStream.range(0, curve.rows()).mapToDouble(value).toArray();
        figures.column(CURVE, name, from, found, 1e-8, 1e-6);
    }

    private static void gray(Agreement.Case figures, ReferenceCase reference) {
        JsonNode answer = reference.answer();
        ReferenceCase.Table rows = reference.table("input.csv");
        CompetingTimes times = times(reference, rows);
        String by = answer.get("group").asString();
        int[] groups = rows.groups(by);
        for (int cause = 1; cause <= answer.get("tests").size(); cause++) {
            GrayTest.Result result = GrayTest.test(times, groups, cause);
            String place = "tests/" + (cause - 1) + "/";
            figures.number(place + 0, result.chiSquared(), 1e-8)
                    .number(place + 1, result.p(), 1e-6)
                    .number(place + 2, result.degreesOfFreedom(), 0);
        }
        // A curve is named by its group and its cause: "2 1" is cause 1 in group 2.
        for (int curve = 0; curve < answer.get("curves").size(); curve++) {
            String name = answer.get("curves").get(curve).asString();
            int space = name.lastIndexOf(' ');
            int group = rows.levels(by).indexOf(name.substring(0, space));
            int cause = Integer.parseInt(name.substring(space + 1));
            AalenJohansen estimate = AalenJohansen.estimate(times.where(groups, group), 2);
            for (int at = 0; at < answer.get("times").size(); at++) {
                double when = answer.get("times").get(at).asDouble();
                figures.number("times/" + at, when, 0)
                        .number("est/" + curve + "/" + at, estimate.incidenceAt(cause, when), 1e-8)
                        .number("var/" + curve + "/" + at, estimate.aalenVariance(cause, when), 1e-7);
            }
        }
    }

    private static void fineGray(Agreement.Case figures, ReferenceCase reference) {
        ReferenceCase.Table rows = reference.table("input.csv");
        List<String> terms = reference
                .answer()
                .get("terms")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        FineGray.Fit fit = FineGray.fit(
                        times(reference, rows),
                        terms,
                        terms.stream().map(rows::numbers).toList())
                .orElseThrow();
        assertThat(fit.names()).isEqualTo(terms);
        figures.number("loglik", fit.logLikelihood(), 1e-8).number("loglik_null", fit.logLikelihoodNull(), 1e-8);
        for (int term = 0; term < terms.size(); term++) {
            figures.number("coef/" + term, fit.coefficients()[term], 1e-6)
                    .number("se/" + term, fit.standardError(term), 1e-6)
                    .number("p/" + term, fit.p(term), 1e-6);
            for (int other = 0; other < terms.size(); other++) {
                double floor = fit.standardError(term) * fit.standardError(other);
                figures.number("var/" + term + "/" + other, fit.covariance()[term][other], 1e-6, floor);
            }
        }
    }
}
