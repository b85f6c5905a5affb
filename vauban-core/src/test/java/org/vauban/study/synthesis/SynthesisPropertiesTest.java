package org.vauban.study.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vauban.study.rates.TwoByTwo;

/** What combining, calibrating and E-values promise, by hand. */
class SynthesisPropertiesTest {
    @ParameterizedTest
    @EnumSource(MetaAnalysis.Between.class)
    void studiesThatAgreeAreOneStudy(MetaAnalysis.Between between) {
        MetaAnalysis.Combined combined = MetaAnalysis.of(new double[] {0.3, 0.3, 0.3}, new double[] {0.04, 0.04, 0.02})
                .combine(between);

        assertThat(combined.estimate()).isCloseTo(0.3, within(1e-12));
        assertThat(combined.betweenVariance()).isZero();
        assertThat(combined.standardError()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void withEqualVariancesAllMethodsHaveTheSampleVarianceBetween() {
        // Estimates 0, 1, 2 with sample variance 1; less the common 0.25 there is 0.75 between.
        MetaAnalysis studies = MetaAnalysis.of(new double[] {0, 1, 2}, new double[] {0.25, 0.25, 0.25});

        for (MetaAnalysis.Between between : MetaAnalysis.Between.values()) {
            if (between != MetaAnalysis.Between.NONE) {
                assertThat(studies.combine(between).betweenVariance()).isCloseTo(0.75, within(1e-10));
                assertThat(studies.hartungKnapp(between, 0.95).standardError())
                        .isCloseTo(Math.sqrt(1 / 3.0), within(1e-10));
            }
        }
    }

    @Test
    void pauleAndMandelMeetTheirEquation() {
        double[] estimates = {-0.9, -1.6, 0.2, -0.4, -0.1};
        double[] variances = {0.3, 0.2, 0.05, 0.1, 0.4};
        MetaAnalysis.Combined combined =
                MetaAnalysis.of(estimates, variances).combine(MetaAnalysis.Between.PAULE_MANDEL);

        double q = 0;
        for (int study = 0; study < 5; study++) {
            double away = estimates[study] - combined.estimate();
            q += away * away / (variances[study] + combined.betweenVariance());
        }

        assertThat(q).isCloseTo(4, within(1e-10));
    }

    @Test
    void twoStudiesHaveNoPredictionInterval() {
        double[] limits = MetaAnalysis.of(new double[] {0, 1}, new double[] {1, 1})
                .combine(MetaAnalysis.Between.DER_SIMONIAN_LAIRD)
                .prediction(0.95);

        assertThat(limits[0]).isNaN();
    }

    @Test
    void aStudyWithoutEventsSaysNothing() {
        var study = new TwoByTwo(4, 96, 9, 91);
        var silent = new TwoByTwo(0, 50, 0, 50);

        assertThat(TableSynthesis.peto(List.of(study, silent))).isEqualTo(TableSynthesis.peto(List.of(study)));
        assertThat(TableSynthesis.oddsRatio(List.of(study, silent)).heterogeneity())
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void petosOddsRatioOfOneTableByHand() {
        // 4 of 10 against 1 of 10: expected 2.5, variance 10*10*5*15/(400*19).
        TableSynthesis peto = TableSynthesis.peto(Collections.nCopies(2, new TwoByTwo(4, 6, 1, 9)));
        double variance = 7500 / 7600.0;

        assertThat(peto.logEstimate()).isCloseTo(1.5 / variance, within(1e-12));
        assertThat(peto.standardError()).isCloseTo(1 / Math.sqrt(2 * variance), within(1e-12));
        assertThat(peto.heterogeneity()).isCloseTo(0, within(1e-12));
    }

    @Test
    void evaluesAreSymmetricAndOneWhenTheIntervalHoldsOne() {
        EValue above = EValue.of(EValue.Measure.RISK_RATIO, 2, 1.6, 2.5);
        EValue below = EValue.of(EValue.Measure.RISK_RATIO, 0.5, 0.4, 0.625);

        assertThat(below.ofEstimate()).isCloseTo(above.ofEstimate(), within(1e-12));
        assertThat(below.ofInterval()).isCloseTo(above.ofInterval(), within(1e-12));
        assertThat(above.ofEstimate()).isCloseTo(2 + Math.sqrt(2), within(1e-12));
        assertThat(EValue.of(EValue.Measure.ODDS_RATIO_COMMON, 2, 0.9, 4).ofInterval())
                .isEqualTo(1);
    }

    @Test
    void controlsThatErrByChanceAloneHaveNoDeviation() {
        EmpiricalCalibration calibration =
                EmpiricalCalibration.learn(new double[] {0.1, -0.1, 0.05, -0.05}, new double[] {0.5, 0.5, 0.5, 0.5});

        assertThat(calibration.deviation()).isZero();
        assertThat(calibration.mean()).isCloseTo(0, within(1e-12));
        assertThat(calibration.interval(0.7, 0.5, 0.95)[1]).isCloseTo(0.7 + 1.959963984540054 / 2, within(1e-12));
    }

    @Test
    void withEqualErrorsTheDeviationIsThatOfTheEstimatesLessChance() {
        // Estimates 1 and 3: their variance around the mean 2 is 1; less 0.36 by chance.
        EmpiricalCalibration calibration = EmpiricalCalibration.learn(new double[] {1, 3}, new double[] {0.6, 0.6});

        assertThat(calibration.mean()).isCloseTo(2, within(1e-12));
        assertThat(calibration.deviation()).isCloseTo(0.8, within(1e-10));
        assertThat(calibration.p(2, 0.1)).isCloseTo(1, within(1e-12));
    }
}
