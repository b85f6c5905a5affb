package org.vauban.study.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vauban.study.SharedReference;
import tools.jackson.databind.JsonNode;

/** Kaplan-Meier gives R's numbers: curves, three kinds of limits, risk tables, quantiles, restricted means. */
class KaplanMeierReferenceTest {
    private static final Pattern FORMULA = Pattern.compile("Surv\\(([^)]*)\\)~([^,]*),data=d\\)");

    static Stream<ReferenceCase> cases() {
        return ReferenceCase.of(SharedReference.folder("oracles/epi"), "km");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheNumbersOfR(ReferenceCase reference) {
        Matcher call = FORMULA.matcher(reference.call());
        if (!call.find()) {
            Assumptions.abort("not run: delayed entry and weights");
        }
        String[] times = call.group(1).split(",", -1);
        if (times.length != 2) {
            Assumptions.abort("not run: delayed entry");
        }
        String by = call.group(2);
        ReferenceCase.Table input = reference.table("input.csv");
        ReferenceCase.Table curves = reference.table("expected_curve.csv");
        List<String> strata = List.copyOf(new LinkedHashSet<>(curves.texts("stratum")));

        for (int index = 0; index < strata.size(); index++) {
            String stratum = strata.get(index);
            ReferenceCase.Table rows = input.where(IntStream.range(0, input.rows())
                    .filter(row -> by.equals("1") || (by + "=" + input.texts(by).get(row)).equals(stratum)));
            double[] flags = rows.numbers(times[1]);
            boolean[] events = new boolean[flags.length];
            for (int row = 0; row < flags.length; row++) {
                events[row] = flags[row] == 1;
            }

            SurvivalCurve curve = KaplanMeier.estimate(rows.numbers(times[0]), events);

            curveAgrees(curve, of(curves, stratum));
            riskTableAgrees(curve, of(reference.table("expected_risktable.csv"), stratum));
            quantilesAgree(curve, reference.answer().get("quantiles_log"), ConfidenceScale.LOG, index);
            quantilesAgree(curve, reference.answer().get("quantiles_loglog"), ConfidenceScale.LOG_LOG, index);
            meanAgrees(curve, reference.answer(), index);
        }
    }

    private static ReferenceCase.Table of(ReferenceCase.Table table, String stratum) {
        return table.where(IntStream.range(0, table.rows())
                .filter(row -> table.texts("stratum").get(row).equals(stratum)));
    }

    private static void curveAgrees(SurvivalCurve curve, ReferenceCase.Table expected) {
        assertThat(curve.rows()).isEqualTo(expected.rows());
        double[] hazard = curve.cumulativeHazard();
        same(curve, SurvivalCurve::time, expected.numbers("time"), 0);
        same(curve, SurvivalCurve::atRisk, expected.numbers("n_risk"), 0);
        same(curve, SurvivalCurve::events, expected.numbers("n_event"), 0);
        same(curve, SurvivalCurve::censored, expected.numbers("n_censor"), 0);
        same(curve, SurvivalCurve::survival, expected.numbers("surv"), 1e-8);
        same(curve, SurvivalCurve::standardError, expected.numbers("se_greenwood"), 1e-7);
        same(curve, (_, row) -> hazard[row], expected.numbers("nelson_aalen"), 1e-8);
        limitsAgree(curve, ConfidenceScale.LOG, expected, "log");
        limitsAgree(curve, ConfidenceScale.LOG_LOG, expected, "loglog");
        limitsAgree(curve, ConfidenceScale.PLAIN, expected, "plain");
    }

    private static void limitsAgree(
            SurvivalCurve curve, ConfidenceScale scale, ReferenceCase.Table expected, String name) {
        same(curve, (each, row) -> each.limits(row, scale, 0.95).lower(), expected.numbers(name + "_lower"), 1e-8);
        same(curve, (each, row) -> each.limits(row, scale, 0.95).upper(), expected.numbers(name + "_upper"), 1e-8);
    }

    private static void same(
            SurvivalCurve curve, ToDoubleBiFunction<SurvivalCurve, Integer> value, double[] expected, double relative) {
        for (int row = 0; row < curve.rows(); row++) {
            close(value.applyAsDouble(curve, row), expected[row], relative);
        }
    }

    private static void riskTableAgrees(SurvivalCurve curve, ReferenceCase.Table expected) {
        List<SurvivalCurve.RiskRow> table = curve.riskTable(expected.numbers("time"));
        for (int row = 0; row < expected.rows(); row++) {
            assertThat((double) table.get(row).atRisk()).isEqualTo(expected.numbers("n_risk")[row]);
            assertThat((double) table.get(row).eventsSince()).isEqualTo(expected.numbers("n_event_since_last")[row]);
            assertThat((double) table.get(row).censoredSince()).isEqualTo(expected.numbers("n_censor_since_last")[row]);
            close(curve.survivalAt(expected.numbers("time")[row]), expected.numbers("surv")[row], 1e-8);
        }
    }

    private static void quantilesAgree(SurvivalCurve curve, JsonNode expected, ConfidenceScale scale, int stratum) {
        double[] shares = {0.25, 0.5, 0.75};
        for (int index = 0; index < shares.length; index++) {
            double quantile = curve.quantile(shares[index]).orElse(Double.NaN);
            SurvivalCurve.Limits limits = curve.quantileLimits(shares[index], scale, 0.95);
            same(quantile, cell(expected.get("quantile"), stratum, index));
            same(limits.lower(), cell(expected.get("lower"), stratum, index));
            same(limits.upper(), cell(expected.get("upper"), stratum, index));
        }
    }

    private static double cell(JsonNode table, int stratum, int index) {
        JsonNode row = table.isArray() ? table.get(stratum) : table;
        JsonNode cell = row.isArray()
                ? row.get(index)
                : row.get(List.of("25", "50", "75").get(index));
        return cell == null || cell.isNull() ? Double.NaN : cell.asDouble();
    }

    private static void meanAgrees(SurvivalCurve curve, JsonNode expected, int stratum) {
        JsonNode table = expected.get("rmst_table");
        JsonNode row = table.isArray() ? table.get(stratum) : table;
        SurvivalCurve.RestrictedMean mean =
                curve.restrictedMean(expected.get("rmst_tau").asDouble());
        close(mean.mean(), row.get("rmean").asDouble(), 1e-8);
        close(mean.standardError(), row.get("se(rmean)").asDouble(), 1e-7);
    }

    private static void same(double found, double expected) {
        if (Double.isNaN(expected)) {
            assertThat(found).isNaN();
        } else {
            assertThat(found).isCloseTo(expected, within(1e-9 * expected));
        }
    }

    /** R leaves cells empty where it defines no value. */
    private static void close(double found, double expected, double relative) {
        if (!Double.isNaN(expected)) {
            assertThat(found).isCloseTo(expected, within(relative * Math.abs(expected)));
        }
    }
}
