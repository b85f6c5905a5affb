package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vauban.output.AttritionFlow;
import org.vauban.output.EffectEstimates;
import org.vauban.output.FrequencyTable;
import org.vauban.output.RawOutput;
import org.vauban.output.SurvivalCurves;
import org.vauban.study.selfcontrolled.TimeTrend;
import org.vauban.study.survival.CoxResult;
import org.vauban.trajectory.Period;

/**
 * What a run found, exact. It stays in the project space; printed, it shows its shape only.
 *
 * @param attrition who remains after each step
 * @param characteristics persons by arm and covariate level, one table per covariate
 * @param curves one for each Kaplan-Meier analysis
 * @param comparisons one for each comparison by propensity score that could be made
 * @param estimates the hazard ratios, if any could be estimated
 * @param followUp persons, days at risk and outcomes of both arms, target first
 * @param commonPeriod the calendar period common to both cohorts, if the design asks for it and they meet
 * @param notEstimated analyses without an estimate, with the reason
 * @param findings what a study finds that compares no outcome, and checks of its design, in the order in which they are read
 * @param trend observed and expected events by month, of a design that expects any
 * @param buckets how many buckets were read
 */
public record StudyResults(
        AttritionFlow attrition,
        List<FrequencyTable> characteristics,
        List<SurvivalCurves> curves,
        List<ComparisonResult> comparisons,
        Optional<EffectEstimates> estimates,
        List<FollowUp> followUp,
        Optional<Period> commonPeriod,
        List<NotEstimated> notEstimated,
        List<RawOutput> findings,
        List<TimeTrend.Interval> trend,
        int buckets) {
    /** The name of the attrition among the outputs. */
    public static final String ATTRITION = "attrition";

    /** The name of the estimates among the outputs. */
    public static final String ESTIMATES = "estimates";

    /** The name of rates among the outputs. */
    public static final String INCIDENCE = "incidence";

    /** The name of shares among the outputs. */
    public static final String PREVALENCE = "prevalence";

    /** The name of records counted concept by concept. */
    public static final String FEATURES = "features";

    /** The name of a design's checks. */
    public static final String CHECKS = "checks";

    /** Names of outputs that no analysis may have. */
    static final Set<String> NAMES_TAKEN = Set.of(ATTRITION, ESTIMATES, CHECKS);

    /** The name of medians and quartiles of the use of a medicine. */
    public static final String UTILISATION = "utilisation";

    /** The name of persons by number of episodes. */
    public static final String EPISODES = "episodes";

    /** What the names of persons by indication begin with; the number of the window follows. */
    public static final String INDICATIONS = "indications-";

    /** The name of persons by what came after the first episode. */
    public static final String CHANGES = "after-first-episode";

    /** The name of the share of persons still treated. */
    public static final String PERSISTENCE = "persistence";

    /** The name of treatments one after the other. */
    public static final String PATHWAYS = "pathways";

    /** What the names of the tables of characteristics begin with. */
    public static final String BASELINE = "baseline-";

    public StudyResults {
        characteristics = List.copyOf(characteristics);
        curves = List.copyOf(curves);
        comparisons = List.copyOf(comparisons);
        followUp = List.copyOf(followUp);
        notEstimated = List.copyOf(notEstimated);
        findings = List.copyOf(findings);
        trend = List.copyOf(trend);
    }

    /** The results of a study that compares no outcome. */
    static StudyResults of(
            AttritionFlow attrition, List<FrequencyTable> characteristics, List<RawOutput> findings, int buckets) {
        return of(attrition, characteristics, List.of(), findings, buckets);
    }

    /** The results of a study that compares nobody, with curves. */
    static StudyResults of(
            AttritionFlow attrition,
            List<FrequencyTable> characteristics,
            List<SurvivalCurves> curves,
            List<RawOutput> findings,
            int buckets) {
        return new StudyResults(
                attrition,
                characteristics,
                curves,
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                findings,
                List.of(),
                buckets);
    }

    /** Everything that may ask to leave, each under its own name. */
    public List<RawOutput> outputs() {
        List<RawOutput> all = new ArrayList<>();
        all.add(attrition);
        all.addAll(characteristics);
        all.addAll(curves);
        estimates.ifPresent(all::add);
        comparisons.forEach(comparison -> all.addAll(comparison.outputs()));
        all.addAll(findings);
        return List.copyOf(all);
    }

    /**
     * One arm's follow-up.
     *
     * @param label the arm's name
     * @param persons persons in the analysis
     * @param days their days at risk, until the outcome or the end
     * @param events persons with the outcome
     */
    public record FollowUp(String label, int persons, long days, int events) {
        @Override
        public String toString() {
            return "FollowUp[" + label + "]";
        }
    }

    /** An analysis without an estimate. */
    public record NotEstimated(String analysis, CoxResult.Reason reason) {}

    @Override
    public String toString() {
        return "StudyResults" + outputs().stream().map(RawOutput::name).toList();
    }
}
