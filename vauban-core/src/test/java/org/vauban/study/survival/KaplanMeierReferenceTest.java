package org.vauban.study.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.IntToDoubleFunction;
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

/** Kaplan-Meier gives R's numbers: curves, their limits, risk tables, quantiles, restricted means; late entry and weights. */
class KaplanMeierReferenceTest {
    private static final Pattern FORMULA = Pattern.compile("Surv\\(([^)]*)\\)~([^,]*),data=d(?:.*weights=([\\w.]+))?");
    private static final Agreement AGREEMENT = new Agreement("km");
    private static final String CURVE = "expected_curve.csv";
    private static final String RISK_TABLE = "expected_risktable.csv";

    static Stream<ReferenceCase> cases() {
        return ReferenceCase.of(SharedReference.folder("oracles/epi"), "km");
    }

    @AfterAll
    static void tell() {
        System.out.println(AGREEMENT.report());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheNumbersOfR(ReferenceCase reference) {
        Matcher call = FORMULA.matcher(reference.call());
        assertThat(call.find()).isTrue();
        String by = call.group(2);
        ReferenceCase.Table input = reference.table("input.csv");
        List<String> strata =
                List.copyOf(new LinkedHashSet<>(reference.table(CURVE).texts("stratum")));
        Agreement.Case figures = AGREEMENT.of(reference);

        for (int index = 0; index < strata.size(); index++) {
            String stratum = strata.get(index);
            ReferenceCase.Table rows = input.where(IntStream.range(0, input.rows())
                    .filter(row -> by.equals("1") || (by + "=" + input.texts(by).get(row)).equals(stratum)));
            SurvivalCurve curve = curve(rows, call.group(1).split(",", -1), call.group(3));
            String below = strata.size() == 1 ? "" : "/" + index;

            curve(figures, curve, reference.table(CURVE).texts("stratum").indexOf(stratum));
            riskTable(figures, reference.table(RISK_TABLE), curve, stratum);
            quantiles(figures, curve, "quantiles_log", ConfidenceScale.LOG, below);
            quantiles(figures, curve, "quantiles_loglog", ConfidenceScale.LOG_LOG, below);
            mean(figures, reference, curve, below);
            figures.number("n" + below, curve.persons(), 0);
        }
        figures.check();
    }

    /** R is robust where a weight is not whole, and takes whole weights as frequencies. */
    private static SurvivalCurve curve(ReferenceCase.Table rows, String[] surv, String weights) {
        var times = KaplanMeier.Times.of(
                rows.numbers(surv[surv.length - 2]),
                rows.flags(surv[surv.length - 1]),
                surv.length == 3 ? rows.numbers(surv[0]) : null);
        if (weights == null) {
            return KaplanMeier.estimate(times);
        }
        double[] values = rows.numbers(weights);
        boolean whole = Arrays.stream(values).allMatch(each -> each == Math.rint(each));
        return whole ? KaplanMeier.estimate(times.weighted(values)) : KaplanMeier.robust(times.weighted(values));
    }

    private static void curve(Agreement.Case figures, SurvivalCurve curve, int from) {
        double[] hazard = curve.cumulativeHazard();
        column(figures, curve, "time", from, curve::time);
        column(figures, curve, "n_risk", from, curve::weightAtRisk);
        column(figures, curve, "n_event", from, curve::weightOfEvents);
        column(figures, curve, "n_censor", from, curve::weightCensored);
        column(figures, curve, "surv", from, curve::survival);
        column(figures, curve, "se_greenwood", from, curve::standardError);
        column(figures, curve, "se_log", from, curve::standardErrorLog);
        column(figures, curve, "nelson_aalen", from, row -> hazard[row]);
        column(figures, curve, "se_nelson_aalen", from, curve::standardErrorHazard);
        limits(figures, curve, "log", ConfidenceScale.LOG, from);
        limits(figures, curve, "loglog", ConfidenceScale.LOG_LOG, from);
        limits(figures, curve, "plain", ConfidenceScale.PLAIN, from);
        limits(figures, curve, "logit", ConfidenceScale.LOGIT, from);
        limits(figures, curve, "arcsin", ConfidenceScale.ARCSINE, from);
    }

    private static void limits(
            Agreement.Case figures, SurvivalCurve curve, String name, ConfidenceScale scale, int from) {
        column(
                figures,
                curve,
                name + "_lower",
                from,
                row -> curve.limits(row, scale, 0.95).lower());
        column(
                figures,
                curve,
                name + "_upper",
                from,
                row -> curve.limits(row, scale, 0.95).upper());
    }

    private static void column(
            Agreement.Case figures, SurvivalCurve curve, String name, int from, IntToDoubleFunction value) {
        double[] found = IntStream.range(0, curve.rows()).mapToDouble(value).toArray();
        figures.column(CURVE, name, from, found, 1e-8, 1e-6);
    }

    private static void riskTable(
            Agreement.Case figures, ReferenceCase.Table whole, SurvivalCurve curve, String stratum) {
        int from = whole.texts("stratum").indexOf(stratum);
        int end = whole.texts("stratum").lastIndexOf(stratum) + 1;
        double[] times = Arrays.copyOfRange(whole.numbers("time"), from, end);
        List<SurvivalCurve.RiskRow> table = curve.riskTable(times);
        for (int index = 0; index < times.length; index++) {
            SurvivalCurve.RiskRow row = table.get(index);
            int last = curve.rowAt(times[index]);
            SurvivalCurve.Limits limits =
                    last < 0 ? new SurvivalCurve.Limits(1, 1) : curve.limits(last, ConfidenceScale.LOG, 0.95);
            cell(figures, "time", from + index, row.time());
            cell(figures, "n_risk", from + index, row.weightAtRisk());
            cell(figures, "n_event_since_last", from + index, row.weightOfEventsSince());
            cell(figures, "n_censor_since_last", from + index, row.weightCensoredSince());
            cell(figures, "surv", from + index, curve.survivalAt(row.time()));
            cell(figures, "se_greenwood", from + index, last < 0 ? 0 : curve.standardError(last));
            cell(figures, "lower", from + index, limits.lower());
            cell(figures, "upper", from + index, limits.upper());
        }
    }

    private static void cell(Agreement.Case figures, String column, int row, double found) {
        figures.column(RISK_TABLE, column, row, new double[] {found}, 1e-8, 1e-6);
    }

    private static void quantiles(
            Agreement.Case figures, SurvivalCurve curve, String name, ConfidenceScale scale, String below) {
        String[] percents = {"25", "50", "75"};
        for (int index = 0; index < percents.length; index++) {
            double share = Integer.parseInt(percents[index]) / 100.0;
            SurvivalCurve.Limits limits = curve.quantileLimits(share, scale, 0.95);
            for (String place : List.of("/" + index, "/" + percents[index])) {
                figures.number(
                        name + "/quantile" + below + place,
                        curve.quantile(share).orElse(Double.NaN),
                        1e-9);
                figures.number(name + "/lower" + below + place, limits.lower(), 1e-9);
                figures.number(name + "/upper" + below + place, limits.upper(), 1e-9);
            }
        }
    }

    private static void mean(Agreement.Case figures, ReferenceCase reference, SurvivalCurve curve, String below) {
        double horizon = reference.answer().get("rmst_tau").asDouble();
        SurvivalCurve.RestrictedMean mean = curve.restrictedMean(horizon);
        String row = "rmst_table" + below + "/";
        int last = curve.rows() - 1;
        SurvivalCurve.Limits median = curve.quantileLimits(0.5, ConfidenceScale.LOG, 0.95);
        double largest = IntStream.rangeClosed(0, last)
                .mapToDouble(curve::weightAtRisk)
                .max()
                .orElse(0);
        double events = IntStream.rangeClosed(0, last)
                .mapToDouble(curve::weightOfEvents)
                .sum();
        figures.number("rmst_tau", mean.horizon(), 0)
                .number(row + "records", curve.persons(), 0)
                .number(row + "n.max", largest, 1e-9)
                .number(row + "n.start", curve.weightAtRisk(0), 1e-9)
                .number(row + "events", events, 1e-9)
                .number(row + "rmean", mean.mean(), 1e-8)
                .number(row + "se(rmean)", mean.standardError(), 1e-7)
                .number(row + "median", curve.quantile(0.5).orElse(Double.NaN), 1e-9)
                .number(row + "0.95LCL", median.lower(), 1e-9)
                .number(row + "0.95UCL", median.upper(), 1e-9);
    }
}
