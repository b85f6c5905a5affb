package org.vauban.study.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vauban.study.regression.EstimatingEquations.Correlation;
import org.vauban.study.survival.CoxResult;
import org.vauban.study.survival.Ties;

/** What must hold for every regression, by hand or on made rows with a fixed seed. */
class RegressionPropertiesTest {
    private static final int ROWS = 120;
    private final double[] yes = new double[ROWS];
    private final double[] arm = new double[ROWS];
    private final double[] age = new double[ROWS];
    private final double[] weight = new double[ROWS];
    private final int[] cluster = new int[ROWS];

    RegressionPropertiesTest() {
        var random = new Random(37);
        for (int row = 0; row < ROWS; row++) {
            cluster[row] = row / 4;
            arm[row] = random.nextInt(2);
            age[row] = 60 + 10 * random.nextGaussian();
            yes[row] = random.nextDouble() < 0.3 + 0.2 * arm[row] ? 1 : 0;
            weight[row] = 0.5 + random.nextDouble();
        }
    }

    private ModelRows rows() {
        return ModelRows.of(yes).covariate("arm", arm).covariate("age", age);
    }

    @Test
    void aLogisticModelOfOneGroupIsTheTable() {
        // 3 of 4 exposed and 1 of 6 others.
        double[] outcome = {1, 1, 1, 0, 1, 0, 0, 0, 0, 0};
        double[] exposed = {1, 1, 1, 1, 0, 0, 0, 0, 0, 0};

        ModelFit fit = GeneralisedLinearModel.fit(ModelRows.of(outcome).covariate("exposed", exposed), Family.BINOMIAL)
                .orThrow();

        assertThat(fit.coefficient(0)).isCloseTo(Math.log(0.2), within(1e-12));
        assertThat(fit.coefficient(1)).isCloseTo(Math.log(15), within(1e-12));
        assertThat(fit.errors().standardError(1)).isCloseTo(Math.sqrt(1 / 3.0 + 1 + 1 + 0.2), within(1e-12));
    }

    @Test
    void aModifiedPoissonModelOfOneGroupHasTheRiskRatioAndItsError() {
        double[] outcome = {1, 1, 1, 0, 1, 0, 0, 0, 0, 0};
        double[] exposed = {1, 1, 1, 1, 0, 0, 0, 0, 0, 0};

        ModelFit fit = GeneralisedLinearModel.fit(ModelRows.of(outcome).covariate("exposed", exposed), Family.POISSON)
                .orThrow();

        assertThat(Math.exp(fit.coefficient(1))).isCloseTo(4.5, within(1e-12));
        assertThat(fit.robust().standardError(1)).isCloseTo(Math.sqrt(1 / 3.0 - 1 / 4.0 + 1 - 1 / 6.0), within(1e-12));
    }

    @Test
    void aPoissonModelWithAnOffsetHasTheRateRatio() {
        double[] events = {12, 30};
        double[] time = {Math.log(100), Math.log(400)};

        ModelFit fit = GeneralisedLinearModel.fit(
                        ModelRows.of(events)
                                .covariate("exposed", new double[] {0, 1})
                                .offset(time),
                        Family.POISSON)
                .orThrow();

        assertThat(Math.exp(fit.coefficient(1))).isCloseTo(30 / 400.0 / (12 / 100.0), within(1e-12));
        assertThat(fit.errors().standardError(1)).isCloseTo(Math.sqrt(1 / 12.0 + 1 / 30.0), within(1e-12));
        assertThat(fit.deviance()).isCloseTo(0, within(1e-10));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aWeightOfTwoIsTheRowTwiceAndRowsHaveNoOrder(Family family) {
        double[] two = new double[ROWS];
        Arrays.fill(two, 2);
        int[] twice = new Random(41)
                .ints(0, 2 * ROWS)
                .distinct()
                .limit(2 * ROWS)
                .map(each -> each % ROWS)
                .toArray();
        ModelRows repeated =
                ModelRows.of(at(yes, twice)).covariate("arm", at(arm, twice)).covariate("age", at(age, twice));

        ModelFit weighted =
                GeneralisedLinearModel.fit(rows().weighted(two), family).orThrow();
        ModelFit fit = GeneralisedLinearModel.fit(repeated, family).orThrow();

        for (int term = 0; term < 3; term++) {
            assertThat(weighted.coefficient(term)).isCloseTo(fit.coefficient(term), within(1e-9));
            assertThat(weighted.robust().standardError(term))
                    .isCloseTo(fit.clustered(twice).standardError(term), within(1e-9));
        }
        assertThat(weighted.deviance()).isCloseTo(fit.deviance(), within(1e-9));
    }

    @Test
    void outcomesThatAreSeparatedHaveNoEstimate() {
        double[] x = {1, 2, 3, 4, 5, 6};
        double[] separated = {0, 0, 0, 1, 1, 1};
        double[] half = {0, 0, 0, 1, 0, 1};
        double[] group = {0, 0, 0, 1, 1, 1};

        assertThat(GeneralisedLinearModel.fit(ModelRows.of(separated).covariate("x", x), Family.BINOMIAL))
                .isEqualTo(new ModelResult.NoEstimate(ModelResult.Reason.SEPARATED, List.of("x")));
        // Nobody outside the group has the outcome: its rate ratio has no end, whatever the others do.
        assertThat(GeneralisedLinearModel.fit(ModelRows.of(half).covariate("group", group), Family.POISSON))
                .isEqualTo(new ModelResult.NoEstimate(ModelResult.Reason.SEPARATED, List.of("group")));
        assertThat(GeneralisedLinearModel.fit(ModelRows.of(new double[3]), Family.BINOMIAL))
                .isInstanceOf(ModelResult.NoEstimate.class);
    }

    @Test
    void aConstantOrRepeatedCovariateIsNamed() {
        ModelResult result = GeneralisedLinearModel.fit(
                rows().covariate("copy", arm).covariate("constant", new double[ROWS]), Family.BINOMIAL);

        assertThat(result)
                .isEqualTo(new ModelResult.NoEstimate(ModelResult.Reason.COLLINEAR, List.of("copy", "constant")));
    }

    @Test
    void theNormalModelIsLeastSquares() {
        // 1, 3, 2, 6 on 0, 1, 2, 3: slope 1.4, intercept 0.9, residual variance 2.1.
        ModelFit fit = GeneralisedLinearModel.fit(
                        ModelRows.of(new double[] {1, 3, 2, 6}).covariate("x", new double[] {0, 1, 2, 3}),
                        Family.GAUSSIAN)
                .orThrow();

        assertThat(fit.coefficient(0)).isCloseTo(0.9, within(1e-12));
        assertThat(fit.coefficient(1)).isCloseTo(1.4, within(1e-12));
        assertThat(fit.errors().standardError(1)).isCloseTo(Math.sqrt(2.1 / 5), within(1e-12));
    }

    @Test
    void conditionalLogisticRegressionOfPairsIsTheRatioOfDiscordantPairs() {
        // Of pairs that differ, 3 have the exposed case and 1 the exposed control.
        boolean[] cases = {true, false, true, false, true, false, true, false};
        int[] sets = {0, 0, 1, 1, 2, 2, 3, 3};
        double[] exposed = {1, 0, 1, 0, 1, 0, 0, 1};

        for (Ties ties : Ties.values()) {
            CoxResult result = ConditionalLogistic.fit(cases, sets, List.of("exposed"), List.of(exposed), ties);

            assertThat(result.orThrow().hazardRatio(0)).isCloseTo(3, within(1e-10));
            assertThat(result.orThrow().standardError(0)).isCloseTo(Math.sqrt(1 / 3.0 + 1), within(1e-10));
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void withoutCorrelationTheEquationsAreTheModelWithClusteredErrors(Family family) {
        ModelFit model =
                GeneralisedLinearModel.fit(rows().weighted(weight), family).orThrow();

        EstimatingEquations.Fit fit = EstimatingEquations.fit(
                        rows().weighted(weight), family, cluster, Correlation.INDEPENDENCE)
                .orElseThrow();

        for (int term = 0; term < 3; term++) {
            assertThat(fit.coefficient(term)).isCloseTo(model.coefficient(term), within(1e-9));
            assertThat(fit.errors().standardError(term))
                    .isCloseTo(model.clustered(cluster).standardError(term), within(1e-9));
        }
    }

    @ParameterizedTest
    @EnumSource(Correlation.class)
    void clustersOfOneHaveNoCorrelation(Correlation correlation) {
        int[] alone = IntStream.range(0, ROWS).toArray();

        EstimatingEquations.Fit fit = EstimatingEquations.fit(rows(), Family.BINOMIAL, alone, correlation)
                .orElseThrow();

        assertThat(fit.coefficient(1))
                .isCloseTo(
                        GeneralisedLinearModel.fit(rows(), Family.BINOMIAL)
                                .orThrow()
                                .coefficient(1),
                        within(1e-9));
    }

    @Test
    void inClustersOfEqualSizeAClusterCovariateHasTheSameEstimateUnderExchangeability() {
        double[] ofCluster =
                IntStream.range(0, ROWS).mapToDouble(row -> cluster[row] % 2).toArray();
        ModelRows rows = ModelRows.of(yes).covariate("arm", ofCluster);

        EstimatingEquations.Fit independent = EstimatingEquations.fit(
                        rows, Family.BINOMIAL, cluster, Correlation.INDEPENDENCE)
                .orElseThrow();
        EstimatingEquations.Fit exchangeable = EstimatingEquations.fit(
                        rows, Family.BINOMIAL, cluster, Correlation.EXCHANGEABLE)
                .orElseThrow();

        assertThat(exchangeable.coefficient(1)).isCloseTo(independent.coefficient(1), within(1e-9));
        assertThat(exchangeable.errors().standardError(1))
                .isCloseTo(independent.errors().standardError(1), within(1e-9));
    }

    @Test
    void pairsHaveOneCorrelationUnderEveryStructure() {
        int[] pairs = IntStream.range(0, ROWS).map(row -> row / 2).toArray();
        double exchangeable = correlation(pairs, Correlation.EXCHANGEABLE);

        assertThat(correlation(pairs, Correlation.AUTOREGRESSIVE)).isCloseTo(exchangeable, within(1e-9));
        assertThat(correlation(pairs, Correlation.UNSTRUCTURED)).isCloseTo(exchangeable, within(1e-9));
    }

    private double correlation(int[] clusters, Correlation kind) {
        return EstimatingEquations.fit(rows(), Family.POISSON, clusters, kind)
                .orElseThrow()
                .correlation()
                .getFirst();
    }

    private static double[] at(double[] values, int[] order) {
        return Arrays.stream(order).mapToDouble(row -> values[row]).toArray();
    }
}
