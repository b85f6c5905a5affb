package org.vauban.disclosure;

import org.vauban.output.AttritionFlow;
import org.vauban.output.CovariateBalance;
import org.vauban.output.DesignChecks;
import org.vauban.output.Distributions;
import org.vauban.output.EffectEstimates;
import org.vauban.output.Features;
import org.vauban.output.FrequencyTable;
import org.vauban.output.MagnitudeTable;
import org.vauban.output.Occurrences;
import org.vauban.output.Pathways;
import org.vauban.output.RawOutput;
import org.vauban.output.SurvivalCurves;

/** The one door of disclosure control: an exact result in, a verdict out. Same result and rules, same verdict. */
public final class Disclosure {
    private Disclosure() {}

    /** Reviews one output under the rules of its grant. */
    public static Verdict review(RawOutput raw, DisclosureRules rules) {
        return switch (raw) {
            case FrequencyTable table -> TableReview.review(table, rules);
            case MagnitudeTable table -> MagnitudeReview.review(table, rules);
            case AttritionFlow flow -> FlowReview.review(flow, rules);
            case SurvivalCurves curves -> CurvesReview.review(curves, rules);
            case EffectEstimates estimates -> EstimatesReview.review(estimates, rules);
            case CovariateBalance balance -> BalanceReview.review(balance, rules);
            case Occurrences occurrences -> OccurrencesReview.review(occurrences, rules);
            case Features features -> FeaturesReview.review(features, rules);
            case DesignChecks checks -> ChecksReview.review(checks, rules);
            case Distributions distributions -> DistributionsReview.review(distributions, rules);
            case Pathways pathways -> PathwaysReview.review(pathways, rules);
        };
    }
}
