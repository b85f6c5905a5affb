package org.vauban.synth;

/**
 * The planted truth: who gets which drug, and who bleeds when.
 *
 * <p>Two pain killers that do not exist are compared. Prescribers prefer {@link Treatment#TARGET} for people who are
 * likely to bleed anyway, so that a crude comparison hides most of the benefit. On treatment and for
 * {@value #DAYS_AT_RISK_AFTER_TREATMENT} days after it, a person's hazard of gastrointestinal bleeding is constant in time and
 * log-linear in the covariates of {@link Baseline}: a Cox regression on the drug and these covariates is correctly
 * specified, and nothing that influences both choice and outcome is missing from the records.
 */
final class PlantedModel {
    /** The hazard of bleeding on the target drug over that on the comparator, for people with equal covariates. */
    static final double CONDITIONAL_HAZARD_RATIO = 0.70;

    /** A course's effect lasts this long after the last day that was supplied. */
    static final int DAYS_AT_RISK_AFTER_TREATMENT = 30;

    /** Bleedings per year of a woman of 60 years without any risk factor on the comparator drug. */
    static final double YEARLY_RATE_ON_COMPARATOR = 0.19;

    /** Hazard without either drug over that on the comparator. */
    static final double RATIO_WITHOUT_TREATMENT = 0.04;

    static final double DAYS_PER_YEAR = 365.25;

    /** The horizon of the risk difference and the risk ratio, in days. */
    static final int RISK_HORIZON_DAYS = 365;

    /** What drives the hazard of bleeding: logarithms of hazard ratios. */
    static final Coefficients BLEEDING = new Coefficients(0, 0.30, 0.25, 0.95, 0.85, 0.75);

    /** What drives the choice of the target drug: logarithms of odds ratios. */
    static final Coefficients CHOICE = new Coefficients(-0.60, 0.25, 0.20, 1.10, 1.00, 0.90);

    private PlantedModel() {}

    /** The daily hazard of bleeding on a treatment, constant over the days at risk. */
    static double dailyHazard(Baseline baseline, Treatment treatment) {
        double hazardOnComparator =
                YEARLY_RATE_ON_COMPARATOR / DAYS_PER_YEAR * StrictMath.exp(BLEEDING.linearPredictor(baseline));
        return switch (treatment) {
            case TARGET -> hazardOnComparator * CONDITIONAL_HAZARD_RATIO;
            case COMPARATOR -> hazardOnComparator;
        };
    }

    /** The daily hazard of bleeding of a person who takes neither drug. */
    static double dailyHazardWithoutTreatment(Baseline baseline) {
        return dailyHazard(baseline, Treatment.COMPARATOR) * RATIO_WITHOUT_TREATMENT;
    }

    /** The risk of bleeding within the horizon if treatment went on and nobody died or left. */
    static double riskAtHorizon(Baseline baseline, Treatment treatment) {
        return -StrictMath.expm1(-dailyHazard(baseline, treatment) * RISK_HORIZON_DAYS);
    }

    /** The probability that a new user with these covariates is given the target drug. */
    static double probabilityOfTarget(Baseline baseline) {
        return 1 / (1 + StrictMath.exp(-CHOICE.linearPredictor(baseline)));
    }

    /** Which of the two compared drugs. */
    enum Treatment {
        TARGET,
        COMPARATOR;

        Treatment other() {
            return this == TARGET ? COMPARATOR : TARGET;
        }
    }

    /**
     * The measured covariates of a person on the day treatment begins; each is in the records of the year before.
     *
     * @param age calendar year of that day less the year of birth
     */
    record Baseline(int age, boolean male, boolean priorUlcer, boolean anticoagulant, boolean renalDisease) {}

    /**
     * A linear predictor in the baseline covariates.
     *
     * @param perDecade per ten years of age above 60
     */
    record Coefficients(
            double intercept,
            double perDecade,
            double male,
            double priorUlcer,
            double anticoagulant,
            double renalDisease) {
        double linearPredictor(Baseline baseline) {
            return intercept
                    + perDecade * (baseline.age() - 60) / 10.0
                    + (baseline.male() ? male : 0)
                    + (baseline.priorUlcer() ? priorUlcer : 0)
                    + (baseline.anticoagulant() ? anticoagulant : 0)
                    + (baseline.renalDisease() ? renalDisease : 0);
        }
    }
}
