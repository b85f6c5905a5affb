package org.vauban.study.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vauban.study.ReferenceCase.Table;
import org.vauban.study.SharedReference;
import org.vauban.study.competing.AalenJohansen;
import org.vauban.study.competing.CompetingTimes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shared survival data give the figures of {@code reference-results.json}, to 1e-6 of each. */
class SharedSurvivalReferenceTest {
    private static final double CLOSE = 1e-6;

    private static JsonNode reference(String data) {
        return JsonMapper.shared()
                .readTree(SharedReference.folder("data/survival/reference-results.json")
                        .toFile())
                .get("results")
                .get(data);
    }

    private static Table table(String name) {
        return Table.read(SharedReference.folder("data/survival/survival_" + name + ".csv"));
    }

    @Test
    void lung() {
        JsonNode reference = reference("lung");
        Table rows = table("cancer");
        boolean[] dead = flags(rows.rows(), row -> rows.texts("status").get(row).equals("2"));
        curves(reference.get("km_by_sex"), rows.numbers("time"), dead, rows.texts("sex"));
        test(reference.get("logrank"), rows.numbers("time"), dead, rows.groups("sex"), 0);
        test(reference.get("peto"), rows.numbers("time"), dead, rows.groups("sex"), 1);
        for (JsonNode point : reference.get("points")) {
            String sex = point.get("strata").asString().substring(2);
            SurvivalCurve curve = curve(rows.numbers("time"), dead, rows.texts("sex"), sex);
            int row = curve.rowAt(point.get("time").asDouble());
            close(curve.survival(row), point.get("surv"));
            close(curve.standardError(row), point.get("std.err"));
            close(curve.limits(row, ConfidenceScale.LOG, 0.95).lower(), point.get("lower_log"));
            close(curve.limits(row, ConfidenceScale.LOG, 0.95).upper(), point.get("upper_log"));
        }
        Table known = rows.where(IntStream.range(0, rows.rows()).filter(row -> rows.known("ph.ecog", row)));
        boolean[] knownDead =
                flags(known.rows(), row -> known.texts("status").get(row).equals("2"));
        CoxData data = CoxData.of(known.numbers("time"), knownDead);
        cox(reference.get("cox_efron"), with(data, known, "sex", "age", "ph.ecog"), Ties.EFRON);
        cox(reference.get("cox_breslow"), with(data, known, "sex", "age", "ph.ecog"), Ties.BRESLOW);
        cox(reference.get("cox_exact_sex"), with(CoxData.of(rows.numbers("time"), dead), rows, "sex"), Ties.EXACT);
    }

    @Test
    void veteran() {
        JsonNode reference = reference("veteran");
        Table rows = table("veteran");
        CoxData data = CoxData.of(rows.numbers("time"), rows.flags("status"));
        curves(reference.get("km_by_trt"), rows.numbers("time"), rows.flags("status"), rows.texts("trt"));
        test(reference.get("logrank"), rows.numbers("time"), rows.flags("status"), rows.groups("trt"), 0);
        cox(reference.get("cox"), with(data, rows, "trt", "karno", "age"), Ties.EFRON);
        cox(
                reference.get("cox_strata"),
                with(data, rows, "trt", "karno").stratified(rows.groups("celltype")),
                Ties.EFRON);
    }

    @Test
    void germanBreastCancer() {
        JsonNode reference = reference("gbsg");
        Table rows = table("gbsg");
        CoxData data = CoxData.of(rows.numbers("rfstime"), rows.flags("status"));
        curves(reference.get("km"), rows.numbers("rfstime"), rows.flags("status"), rows.texts("hormon"));
        test(reference.get("logrank"), rows.numbers("rfstime"), rows.flags("status"), rows.groups("hormon"), 0);
        cox(reference.get("cox"), with(data, rows, "hormon", "age", "size", "grade", "nodes", "pgr", "er"), Ties.EFRON);
    }

    @Test
    void leukaemia() {
        JsonNode reference = reference("leukemia_aml");
        Table rows = table("leukemia");
        double[] not = rows.texts("x").stream()
                .mapToDouble(each -> each.equals("Nonmaintained") ? 1 : 0)
                .toArray();
        CoxData data = CoxData.of(rows.numbers("time"), rows.flags("status")).covariate("xNonmaintained", not);
        curves(reference.get("km"), rows.numbers("time"), rows.flags("status"), rows.texts("x"));
        test(reference.get("logrank"), rows.numbers("time"), rows.flags("status"), rows.groups("x"), 0);
        cox(reference.get("cox_efron"), data, Ties.EFRON);
        cox(reference.get("cox_breslow"), data, Ties.BRESLOW);
        cox(reference.get("cox_exact"), data, Ties.EXACT);
    }

    @Test
    void transplantsThatComeLaterAndTumoursThatComeBack() {
        Table heart = table("heart");
        cox(
                reference("heart_time_dependent").get("cox"),
                with(
                        CoxData.of(heart.numbers("stop"), heart.flags("event")).entering(heart.numbers("start")),
                        heart,
                        "transplant",
                        "age",
                        "surgery"),
                Ties.EFRON);
        Table bladder = table("bladder");
        CoxData data = with(
                        CoxData.of(bladder.numbers("stop"), bladder.flags("event")), bladder, "rx", "size", "number")
                .stratified(bladder.groups("enum"));
        CoxFit fit = fit(reference("bladder").get("cox"), data, Ties.EFRON);
        // Printed to two digits.
        assertThat(fit.robust(bladder.groups("id")).waldTest())
                .isCloseTo(reference("bladder").get("cox").get("wald").asDouble(), within(0.0051));
    }

    @Test
    void progressionAndDeathCompete() {
        JsonNode reference = reference("mgus2_competing");
        Table rows = table("mgus2");
        double[] progressed = rows.numbers("pstat");
        double[] dead = rows.numbers("death");
        double[] untilProgression = rows.numbers("ptime");
        double[] followed = rows.numbers("futime");
        for (int index = 0; index < reference.get("time").size(); index++) {
            String sex = reference.get("strata").get(index).asString().substring(4);
            int[] kept = IntStream.range(0, rows.rows())
                    .filter(row -> rows.texts("sex").get(row).equals(sex))
                    .toArray();
            AalenJohansen curve = AalenJohansen.estimate(new CompetingTimes(
                    Arrays.stream(kept)
                            .mapToDouble(row -> progressed[row] == 1 ? untilProgression[row] : followed[row])
                            .toArray(),
                    Arrays.stream(kept)
                            .map(row -> progressed[row] == 1 ? 1 : 2 * (int) dead[row])
                            .toArray()));
            int row = curve.rowAt(reference.get("time").get(index).asDouble());
            close(curve.free(row), reference.get("pstate").get(index).get(0));
            close(curve.incidence(1, row), reference.get("pstate").get(index).get(1));
            close(curve.incidence(2, row), reference.get("pstate").get(index).get(2));
        }
    }

    private static CoxData with(CoxData data, Table rows, String... names) {
        CoxData more = data;
        for (String name : names) {
            more = more.covariate(name, rows.numbers(name));
        }
        return more;
    }

    private static void cox(JsonNode expected, CoxData data, Ties ties) {
        CoxFit fit = fit(expected, data, ties);
        // Printed to two digits.
        assertThat(fit.waldTest()).isCloseTo(expected.get("wald").asDouble(), within(0.0051));
    }

    private static CoxFit fit(JsonNode expected, CoxData data, Ties ties) {
        CoxFit fit = CoxRegression.fit(data, ties).orThrow();
        assertThat(fit.rows()).isEqualTo(expected.get("n").asInt());
        assertThat(fit.events()).isEqualTo(expected.get("nevent").asInt());
        close(fit.logLikelihoodNull(), expected.get("loglik_null"));
        close(fit.logLikelihood(), expected.get("loglik"));
        close(fit.likelihoodRatioTest(), expected.get("lrt"));
        close(fit.scoreTest(), expected.get("score"));
        close(fit.concordance().value(), expected.get("concordance"));
        for (int term = 0; term < fit.names().size(); term++) {
            close(fit.coefficient(term), expected.get("coef").get(fit.names().get(term)));
            close(fit.standardError(term), expected.get("se").get(fit.names().get(term)));
        }
        return fit;
    }

    private static void test(JsonNode expected, double[] time, boolean[] event, int[] groups, double rho) {
        LogRank.Result result =
                LogRank.test(KaplanMeier.Times.of(time, event), groups, LogRank.Weighting.flemingHarrington(rho, 0));
        close(result.chiSquared(), expected.get("chisq"));
        for (int group = 0; group < result.groups().length; group++) {
            close(result.total().observed()[group], expected.get("obs").get(group));
            close(result.total().expected()[group], expected.get("exp").get(group));
        }
    }

    private static SurvivalCurve curve(double[] time, boolean[] event, List<String> group, String wanted) {
        int[] kept = IntStream.range(0, time.length)
                .filter(row -> group.get(row).equals(wanted))
                .toArray();
        return KaplanMeier.estimate(
                Arrays.stream(kept).mapToDouble(row -> time[row]).toArray(),
                flags(kept.length, row -> event[kept[row]]));
    }

    /** R restricts all curves of a table to the longest time of any. */
    private static void curves(JsonNode expected, double[] time, boolean[] event, List<String> group) {
        double horizon = Arrays.stream(time).max().orElseThrow();
        List<String> seen = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : expected.properties()) {
            String name = each.getKey().substring(2);
            SurvivalCurve curve = curve(time, event, group, name);
            SurvivalCurve.RestrictedMean mean = curve.restrictedMean(horizon);
            SurvivalCurve.Limits limits = curve.quantileLimits(0.5, ConfidenceScale.LOG, 0.95);
            assertThat(curve.persons()).isEqualTo(each.getValue().get("records").asInt());
            close(mean.mean(), each.getValue().get("rmean"));
            close(mean.standardError(), each.getValue().get("se(rmean)"));
            close(curve.quantile(0.5).orElse(Double.NaN), each.getValue().get("median"));
            close(limits.lower(), each.getValue().get("0.95LCL"));
            close(limits.upper(), each.getValue().get("0.95UCL"));
            seen.add(name);
        }
        assertThat(seen).hasSize(2);
    }

    private static boolean[] flags(int rows, IntFunction<Boolean> flag) {
        boolean[] flags = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            flags[row] = flag.apply(row);
        }
        return flags;
    }

    private static void close(double found, JsonNode expected) {
        if (expected == null || expected.isNull()) {
            assertThat(found).isNaN();
        } else {
            double value = expected.asDouble();
            assertThat(found).isCloseTo(value, within(CLOSE * Math.max(Math.abs(value), 1e-12)));
        }
    }
}
