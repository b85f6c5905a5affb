package org.vauban.study.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vauban.study.Agreement;
import org.vauban.study.ReferenceCase;
import org.vauban.study.SharedReference;
import org.vauban.study.rates.TwoByTwo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Meta-analysis, E-values and calibration give the numbers of R's {@code metafor} and of the published formulas. */
class SynthesisReferenceTest {
    private static final Agreement EVALUES = new Agreement("evalue");
    private static final Agreement META = new Agreement("meta");
    private static final Agreement CALIBRATION = new Agreement("calibration");

    static Stream<ReferenceCase> evalues() {
        return ReferenceCase.of(SharedReference.folder("oracles/epi"), "evalue");
    }

    static Stream<ReferenceCase> metaAnalyses() {
        return ReferenceCase.of(SharedReference.folder("oracles/epi"), "meta");
    }

    static Stream<ReferenceCase> calibrations() {
        return ReferenceCase.of(SharedReference.folder("oracles/epi"), "calibration");
    }

    @AfterAll
    static void tell() {
        for (Agreement each : List.of(EVALUES, META, CALIBRATION)) {
            System.out.println(each.report());
        }
    }

    @ParameterizedTest
    @MethodSource("evalues")
    void evaluesAreThePublishedFormulas(ReferenceCase reference) {
        ReferenceCase.Table input = reference.table("input.csv");
        Agreement.Case figures = EVALUES.of(reference);
        String file = "expected_evalues.csv";
        for (int row = 0; row < input.rows(); row++) {
            double estimate = input.numbers("est")[row];
            double lower = input.numbers("lo")[row];
            double upper = input.numbers("hi")[row];
            EValue value = EValue.of(measure(input.texts("measure").get(row)), estimate, lower, upper);
            double[] found = {estimate, lower, upper, value.riskRatio(), value.ofEstimate(), value.ofInterval()};
            List<String> columns = List.of("est", "lo", "hi", "rr_scale", "e_value", "e_value_ci");
            for (int column = 0; column < found.length; column++) {
                figures.column(file, columns.get(column), row, new double[] {found[column]}, 1e-8, 1e-12);
            }
        }
        figures.check();
    }

    private static EValue.Measure measure(String name) {
        return switch (name) {
            case "OR_rare" -> EValue.Measure.ODDS_RATIO_RARE;
            case "OR_common" -> EValue.Measure.ODDS_RATIO_COMMON;
            case "HR_rare" -> EValue.Measure.HAZARD_RATIO_RARE;
            case "HR_common" -> EValue.Measure.HAZARD_RATIO_COMMON;
            default -> EValue.Measure.RISK_RATIO;
        };
    }

    @ParameterizedTest
    @MethodSource("metaAnalyses")
    void metaAnalysesAreThoseOfMetafor(ReferenceCase reference) {
        ReferenceCase.Table input = reference.table("input.csv");
        Agreement.Case figures = META.of(reference);
        if (reference.answer().has("mh_rr")
                || reference.answer().has("mh_or")
                || reference.answer().has("peto_or")) {
            List<TwoByTwo> tables = IntStream.range(0, input.rows())
                    .mapToObj(row -> new TwoByTwo(
                            (int) input.numbers("tpos")[row],
                            (int) input.numbers("tneg")[row],
                            (int) input.numbers("cpos")[row],
                            (int) input.numbers("cneg")[row]))
                    .toList();
            table(figures, "mh_rr", TableSynthesis.riskRatio(tables));
            table(figures, "mh_or", TableSynthesis.oddsRatio(tables));
            table(figures, "peto_or", TableSynthesis.peto(tables));
        } else if (reference.answer().has("fixed")) {
            byVariance(figures, MetaAnalysis.of(input.numbers("yi"), input.numbers("vi")));
        } else {
            Assumptions.abort("not run: no comparison knows the form of " + reference.id());
        }
        figures.check();
    }

    private static void table(Agreement.Case figures, String path, TableSynthesis found) {
        double half = 1.959963984540054 * found.standardError();
        figures.number(path + "/log_est", found.logEstimate(), 1e-8)
                .number(path + "/se", found.standardError(), 1e-7)
                .number(path + "/lower", found.logEstimate() - half, 1e-7)
                .number(path + "/upper", found.logEstimate() + half, 1e-7)
                .number(path + "/QE", found.heterogeneity(), 1e-8);
    }

    private static void byVariance(Agreement.Case figures, MetaAnalysis studies) {
        MetaAnalysis.Combined fixed = studies.combine(MetaAnalysis.Between.NONE);
        MetaAnalysis.Combined random = studies.combine(MetaAnalysis.Between.DER_SIMONIAN_LAIRD);
        estimate(figures, "fixed", fixed, 1e-8);
        figures.number("fixed/Q", studies.heterogeneity(), 1e-8).number("fixed/Q_p", studies.heterogeneityP(), 1e-6);
        estimate(figures, "dl", random, 1e-8);
        figures.number("dl/tau2", random.betweenVariance(), 1e-8)
                .number("dl/I2_percent", random.inconsistency(), 1e-8)
                .number("dl/pred_lower_t", random.prediction(0.95)[0], 1e-8)
                .number("dl/pred_upper_t", random.prediction(0.95)[1], 1e-8);
        metafor(figures, studies, "FE", MetaAnalysis.Between.NONE, 1e-8);
        metafor(figures, studies, "DL", MetaAnalysis.Between.DER_SIMONIAN_LAIRD, 1e-8);
        // These two are iterated, and metafor stops earlier than we do.
        metafor(figures, studies, "REML", MetaAnalysis.Between.RESTRICTED_LIKELIHOOD, 1e-5);
        metafor(figures, studies, "PM", MetaAnalysis.Between.PAULE_MANDEL, 1e-5);
        MetaAnalysis.HartungKnapp knapp = studies.hartungKnapp(MetaAnalysis.Between.DER_SIMONIAN_LAIRD, 0.95);
        figures.number("hartung_knapp_DL/est", knapp.estimate(), 1e-8)
                .number("hartung_knapp_DL/se", knapp.standardError(), 1e-7)
                .number("hartung_knapp_DL/lower", knapp.lower(), 1e-7)
                .number("hartung_knapp_DL/upper", knapp.upper(), 1e-7);
    }

    private static void estimate(Agreement.Case figures, String path, MetaAnalysis.Combined found, double relative) {
        figures.number(path + "/est", found.estimate(), relative)
                .number(path + "/se", found.standardError(), 10 * relative)
                .number(path + "/lower", found.interval(0.95)[0], 10 * relative)
                .number(path + "/upper", found.interval(0.95)[1], 10 * relative);
    }

    private static void metafor(
            Agreement.Case figures, MetaAnalysis studies, String name, MetaAnalysis.Between between, double relative) {
        MetaAnalysis.Combined found = studies.combine(between);
        String path = "metafor_" + name + "/";
        figures.number(path + "est", found.estimate(), relative)
                .number(path + "se", found.standardError(), 10 * relative)
                .number(path + "tau2", found.betweenVariance(), 10 * relative)
                .number(path + "I2", found.inconsistency(), 10 * relative)
                .number(path + "H2", found.excess(), 10 * relative)
                .number(path + "QE", studies.heterogeneity(), 1e-8)
                .number(path + "QEp", studies.heterogeneityP(), 1e-6)
                .number(path + "ci_lower", found.interval(0.95)[0], 10 * relative)
                .number(path + "ci_upper", found.interval(0.95)[1], 10 * relative);
    }

    @ParameterizedTest
    @MethodSource("calibrations")
    void calibrationIsTheLikelihoodsOptimum(ReferenceCase reference) {
        ReferenceCase.Table input = reference.table("input.csv");
        List<Integer> negative = new ArrayList<>();
        String truth = Stream.of("groundTruth", "trueLogRr")
                .filter(input.columns()::containsKey)
                .findFirst()
                .orElse("");
        for (int row = 0; row < input.rows(); row++) {
            if (truth.isEmpty() || input.texts(truth).get(row).equals("0")) {
                negative.add(row);
            }
        }
        double[] ratios = input.numbers("logRr");
        double[] errors = input.numbers("seLogRr");
        EmpiricalCalibration calibration = EmpiricalCalibration.learn(
                negative.stream().mapToDouble(row -> ratios[row]).toArray(),
                negative.stream().mapToDouble(row -> errors[row]).toArray());
        Agreement.Case figures = CALIBRATION.of(reference);
        figures.number("n_negative_controls", negative.size(), 0)
                .number("mu", calibration.mean(), 1e-5)
                .number("sigma", calibration.deviation(), 1e-5)
                .number("minus_loglik", -calibration.logLikelihood(), 1e-8);
        String file = "expected_p.csv";
        figures.column(
                        file,
                        "groundTruth",
                        input.columns().containsKey("groundTruth") ? input.numbers("groundTruth") : new double[0],
                        0)
                .column(file, "logRr", ratios, 1e-12)
                .column(file, "seLogRr", errors, 1e-12);
        var without = new EmpiricalCalibration(0, 0, 0);
        for (int row = 0; row < input.rows(); row++) {
            figures.column(
                            file,
                            "calibrated_p_two_sided",
                            row,
                            new double[] {calibration.p(ratios[row], errors[row])},
                            1e-5,
                            1e-12)
                    .column(
                            file,
                            "uncalibrated_p",
                            row,
                            new double[] {without.p(ratios[row], errors[row])},
                            1e-6,
                            1e-300);
        }
        figures.check();
    }

    @Test
    void theSharedDrugsAreCalibratedAsInTheReference() {
        JsonNode result = JsonMapper.shared()
                .readTree(SharedReference.folder("data/drug-safety/empirical-calibration-reference.json")
                        .toFile())
                .get("results")
                .get(0);
        ReferenceCase.Table drugs = ReferenceCase.Table.read(SharedReference.folder("data/drug-safety/sccs.csv"));
        int[] negative = IntStream.range(0, drugs.rows())
                .filter(row -> drugs.numbers("groundTruth")[row] == 0)
                .toArray();
        int asked = drugs.texts("drugName")
                .indexOf(result.get("exposure_of_interest").asString());

        EmpiricalCalibration calibration = EmpiricalCalibration.learn(
                IntStream.of(negative)
                        .mapToDouble(row -> drugs.numbers("logRr")[row])
                        .toArray(),
                IntStream.of(negative)
                        .mapToDouble(row -> drugs.numbers("seLogRr")[row])
                        .toArray());

        assertThat(calibration.mean()).isCloseTo(result.get("null_mean").asDouble(), within(1e-6));
        assertThat(calibration.deviation()).isCloseTo(result.get("null_sd").asDouble(), within(1e-6));
        assertThat(calibration.p(drugs.numbers("logRr")[asked], drugs.numbers("seLogRr")[asked]))
                .isCloseTo(result.get("calibrated_p_two_sided").asDouble(), within(1e-6));
    }
}
