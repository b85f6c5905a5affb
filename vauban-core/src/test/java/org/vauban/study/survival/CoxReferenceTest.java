package org.vauban.study.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

/** Cox regression gives R's numbers. The R call of each case is read as a formula, so that a new case needs no code. */
class CoxReferenceTest {
    private static final Pattern SURVIVAL = Pattern.compile("Surv\\(([^)]*)\\)~(.*?),data=d");
    private static final Pattern CLUSTER = Pattern.compile("cluster[=(]([\\w.]+)");
    private static final Agreement AGREEMENT = new Agreement("cox");

    static Stream<ReferenceCase> cases() {
        return ReferenceCase.of(SharedReference.folder("oracles/epi"), "cox");
    }

    @AfterAll
    static void tell() {
        System.out.println(AGREEMENT.report());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheNumbersOfR(ReferenceCase reference) {
        Agreement.Case figures = AGREEMENT.of(reference);
        Model model = Model.of(reference);
        CoxResult result = CoxRegression.fit(model.data, model.ties);

        if (reference.answer().has("diverges")) {
            assertThat(result).isEqualTo(new CoxResult.NoEstimate(CoxResult.Reason.MONOTONE_LIKELIHOOD, List.of("x")));
            Model other = Model.of(reference, "time,event", "z");
            compare(
                    figures,
                    "z_only/",
                    CoxRegression.fit(other.data, other.ties).orThrow(),
                    other);
        } else if (reference.call().startsWith("survfit")) {
            predictions(figures, reference, result.orThrow());
        } else {
            compare(figures, "", result.orThrow(), model);
        }
        figures.check();
    }

    /** Compares everything that R prints of a fit; below a path of the answer. */
    static void compare(Agreement.Case figures, String below, CoxFit fit, Model model) {
        figures.number(below + "n", fit.rows(), 0).number(below + "nevent", fit.events(), 0);
        boolean robust = figures.has(below + "se_robust");
        RobustErrors errors = robust ? fit.robust(model.clusters) : null;
        for (int term = 0; term < fit.names().size(); term++) {
            figures.number(below + "coef/" + term, fit.coefficient(term), 1e-8);
            figures.number(below + "hr/" + term, fit.hazardRatio(term), 1e-8);
            figures.number(below + "se_model/" + term, fit.standardError(term), 1e-7);
            double error = errors == null ? fit.standardError(term) : errors.standardError(term);
            CoxFit.Interval interval = errors == null ? fit.waldInterval(term, 0.95) : errors.interval(term, 0.95);
            if (errors != null) {
                figures.number(below + "se_robust/" + term, error, 1e-7);
            }
            figures.number(below + "ci95_lower/" + term, Math.exp(interval.lower()), 1e-7);
            figures.number(below + "ci95_upper/" + term, Math.exp(interval.upper()), 1e-7);
            figures.number(below + "z/" + term, fit.coefficient(term) / error, 1e-7);
            figures.number(below + "p/" + term, errors == null ? fit.p(term) : errors.p(term), 1e-6);
            for (int other = 0; other < fit.names().size(); other++) {
                double found = errors == null ? fit.covariance(term, other) : errors.covariance(term, other);
                double floor = errors == null
                        ? fit.standardError(term) * fit.standardError(other)
                        : errors.standardError(term) * errors.standardError(other);
                figures.number(below + "vcov/" + term + "/" + other, found, 1e-8, floor);
            }
        }
        figures.number(below + "loglik_null", fit.logLikelihoodNull(), 1e-8);
        figures.number(below + "loglik", fit.logLikelihood(), 1e-8);
        statistic(figures, below + "lr_test", fit, fit.likelihoodRatioTest());
        statistic(figures, below + "wald_test", fit, errors == null ? fit.waldTest() : errors.waldTest());
        statistic(figures, below + "score_test", fit, fit.scoreTest());
        if (errors != null) {
            statistic(figures, below + "robust_score", fit, errors.scoreTest());
        }
        Concordance concordance = fit.concordance(model.clusters);
        figures.number(below + "concordance", concordance.value(), 1e-8);
        figures.number(below + "concordance_se", concordance.standardError(), 1e-7);
        if (model.ties != Ties.EXACT) {
            proportionality(figures, fit);
            baseline(figures, fit, model);
        }
    }

    private static void statistic(Agreement.Case figures, String path, CoxFit fit, double value) {
        figures.number(path + "/0", value, 1e-8);
        figures.number(path + "/1", fit.names().size(), 0);
        figures.number(path + "/2", fit.pOfAll(value), 1e-6);
    }

    private static void proportionality(Agreement.Case figures, CoxFit fit) {
        for (ProportionalHazards.TimeScale scale : ProportionalHazards.TimeScale.values()) {
            String path = switch (scale) {
                case KAPLAN_MEIER -> "zph_km";
                case IDENTITY -> "zph_identity";
                case RANK -> "zph_rank";
                case LOG -> "zph_log";
            };
            if (figures.has(path)) {
                List<ProportionalHazards.Test> tests = fit.proportionalHazards().test(scale);
                for (int index = 0; index < tests.size(); index++) {
                    ProportionalHazards.Test test = tests.get(index);
                    figures.number(path + "/" + index + "/chisq", test.chiSquared(), 1e-7);
                    figures.number(path + "/" + index + "/df", test.degreesOfFreedom(), 0);
                    figures.number(path + "/" + index + "/p", test.p(), 1e-6);
                }
            }
        }
    }

    private static void baseline(Agreement.Case figures, CoxFit fit, Model model) {
        int from = 0;
        BaselineHazard baseline = fit.baseline();
        for (int stratum : baseline.strata()) {
            List<BaselineHazard.Step> steps = baseline.atZero(stratum);
            column(
                    figures,
                    "expected_basehaz.csv",
                    "time",
                    from,
                    steps.stream().mapToDouble(BaselineHazard.Step::time));
            column(
                    figures,
                    "expected_basehaz.csv",
                    "hazard",
                    from,
                    steps.stream().mapToDouble(BaselineHazard.Step::hazard));
            from += steps.size();
        }
    }

    private static void predictions(Agreement.Case figures, ReferenceCase reference, CoxFit fit) {
        double[] martingale = fit.residuals().martingale();
        figures.number("martingale_sum", Arrays.stream(martingale).sum(), 1e-8, 1);
        double[] deviance = fit.residuals().deviance();
        double[] predictor = fit.linearPredictors();
        for (int row = 0; row < 10; row++) {
            figures.number("martingale_first10/" + row, martingale[row], 1e-8);
            figures.number("deviance_first10/" + row, deviance[row], 1e-8);
            if (row < 5) {
                figures.number("linear_predictor_centered_first5/" + row, predictor[row], 1e-8);
            }
        }
        for (int term = 0; term < fit.names().size(); term++) {
            double first = fit.residuals().schoenfeld().getFirst().values().get(term);
            figures.number("schoenfeld_first/" + term, first, 1e-8);
            figures.number("dfbeta_first/" + term, fit.residuals().dfbeta()[0][term], 1e-7);
        }
        ReferenceCase.Table profiles = reference.table("newdata.csv");
        for (int row = 0; row < profiles.rows(); row++) {
            int profile = row;
            double[] values = fit.names().stream()
                    .mapToDouble(name -> profiles.numbers(name)[profile])
                    .toArray();
            List<BaselineHazard.Step> steps = fit.baseline().predict(0, values);
            String file = "expected_curves.csv";
            column(figures, file, "time", 0, steps.stream().mapToDouble(BaselineHazard.Step::time));
            column(figures, file, "surv" + (row + 1), 0, steps.stream().mapToDouble(BaselineHazard.Step::survival));
            column(
                    figures,
                    file,
                    "se" + (row + 1),
                    0,
                    steps.stream().mapToDouble(BaselineHazard.Step::standardErrorLog));
            column(
                    figures,
                    file,
                    "lower" + (row + 1),
                    0,
                    steps.stream().mapToDouble(step -> step.limits(0.95).lower()));
            column(
                    figures,
                    file,
                    "upper" + (row + 1),
                    0,
                    steps.stream().mapToDouble(step -> step.limits(0.95).upper()));
        }
    }

    private static void column(
            Agreement.Case figures, String file, String column, int from, java.util.stream.DoubleStream values) {
        figures.column(file, column, from, values.toArray(), 1e-7, 1e-12);
    }

    /** What a call of {@code coxph} asks for. Rows with a missing value in any variable are left out, as R does. */
    @SuppressWarnings("ArrayRecordComponent")
    record Model(CoxData data, Ties ties, int[] clusters) {
        static Model of(ReferenceCase reference) {
            Matcher call = SURVIVAL.matcher(reference.call());
            assertThat(call.find()).isTrue();
            return of(reference, call.group(1), call.group(2));
        }

        static Model of(ReferenceCase reference, String surv, String formula) {
            String[] times = surv.split(",", -1);
            List<String> terms = new ArrayList<>();
            String strata = "";
            String offset = "";
            for (String term : formula.split("\\+", -1)) {
                if (term.startsWith("strata(")) {
                    strata = inside(term);
                } else if (term.startsWith("offset(")) {
                    offset = inside(term);
                } else if (!term.startsWith("cluster(")) {
                    terms.add(term);
                }
            }
            Matcher named = CLUSTER.matcher(reference.call());
            String cluster = named.find() ? named.group(1) : "";
            String weights = option(reference.call(), "weights");
            Set<String> used = new TreeSet<>(terms);
            used.addAll(Arrays.asList(times));
            for (String optional : List.of(strata, offset, weights, cluster)) {
                if (!optional.isEmpty()) {
                    used.add(optional);
                }
            }
            ReferenceCase.Table whole = reference.table("input.csv");
            ReferenceCase.Table table = whole.where(IntStream.range(0, whole.rows())
                    .filter(row -> used.stream().allMatch(column -> whole.known(column, row))));
            CoxData data = CoxData.of(table.numbers(times[times.length - 2]), table.flags(times[times.length - 1]));
            if (times.length == 3) {
                data = data.entering(table.numbers(times[0]));
            }
            for (String term : terms) {
                data = data.covariate(term, table.numbers(term));
            }
            if (!strata.isEmpty()) {
                data = data.stratified(table.groups(strata));
            }
            if (!offset.isEmpty()) {
                data = data.offset(table.numbers(offset));
            }
            if (!weights.isEmpty()) {
                data = data.weighted(table.numbers(weights));
            }
            int[] clusters = cluster.isEmpty() ? Concordance.eachAlone(data.rows()) : table.groups(cluster);
            return new Model(data, ties(reference.call()), clusters);
        }

        private static Ties ties(String call) {
            return call.contains("'breslow'") ? Ties.BRESLOW : call.contains("'exact'") ? Ties.EXACT : Ties.EFRON;
        }

        private static String inside(String term) {
            return term.substring(term.indexOf('(') + 1, term.indexOf(')'));
        }

        private static String option(String call, String name) {
            Matcher found = Pattern.compile(name + "=([\\w.]+)").matcher(call);
            return found.find() ? found.group(1) : "";
        }
    }
}
