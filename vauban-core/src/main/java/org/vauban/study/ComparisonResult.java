package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vauban.output.AttritionFlow;
import org.vauban.output.CovariateBalance;
import org.vauban.output.EffectEstimates;
import org.vauban.output.FrequencyTable;
import org.vauban.output.RawOutput;
import org.vauban.output.SurvivalCurves;
import org.vauban.study.propensity.ColumnBalance;
import org.vauban.study.synthesis.EValue;
import org.vauban.study.synthesis.EmpiricalCalibration;

/**
 * What a comparison by propensity score found, exact.
 *
 * @param analysis its name
 * @param attrition who remains after trimming and adjustment
 * @param overlap persons by arm and preference score
 * @param balance covariates that differ most, and what that says
 * @param covariates the balance of every covariate, those that differ most after adjustment first
 * @param chosen how many covariates are in the score
 * @param curves survival in the adjusted arms
 * @param estimates the effects, if any could be estimated
 * @param eValues by method, for ratios
 * @param controls estimates for negative controls
 * @param calibrations what they say of each method, if there are enough
 */
public record ComparisonResult(
        String analysis,
        AttritionFlow attrition,
        FrequencyTable overlap,
        CovariateBalance balance,
        List<ColumnBalance> covariates,
        int chosen,
        SurvivalCurves curves,
        Optional<EffectEstimates> estimates,
        Map<String, EValue> eValues,
        List<Control> controls,
        Map<String, EmpiricalCalibration> calibrations) {
    private static final String ATTRITION = "attrition-";
    private static final String OVERLAP = "overlap-";
    private static final String BALANCE = "balance-";
    private static final String CURVES = "curves-";
    private static final String ESTIMATES = "estimates-";

    public ComparisonResult {
        covariates = List.copyOf(covariates);
        eValues = Map.copyOf(eValues);
        controls = List.copyOf(controls);
        calibrations = Map.copyOf(calibrations);
    }

    /**
     * What was estimated where there is nothing to find.
     *
     * @param outcome the negative control's label
     * @param method as in the estimates
     * @param logRatio the logarithm of the ratio
     * @param standardError its standard error
     */
    public record Control(String outcome, String method, double logRatio, double standardError) {
        @Override
        public String toString() {
            return "Control[" + outcome + "]";
        }
    }

    /** Everything that may ask to leave. */
    List<RawOutput> outputs() {
        List<RawOutput> all = new ArrayList<>(List.of(attrition, overlap, balance, curves));
        estimates.ifPresent(all::add);
        return all;
    }

    static String attritionName(String analysis) {
        return ATTRITION + analysis;
    }

    static String overlapName(String analysis) {
        return OVERLAP + analysis;
    }

    static String balanceName(String analysis) {
        return BALANCE + analysis;
    }

    static String curvesName(String analysis) {
        return CURVES + analysis;
    }

    static String estimatesName(String analysis) {
        return ESTIMATES + analysis;
    }

    /** The names that an analysis of this name takes among the outputs. */
    static List<String> outputNames(String analysis) {
        return Stream.of(ATTRITION, OVERLAP, BALANCE, CURVES, ESTIMATES)
                .map(kind -> kind + analysis)
                .toList();
    }

    @Override
    public String toString() {
        return "ComparisonResult[" + analysis + "]";
    }
}
