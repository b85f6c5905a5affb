package org.vauban.synth;

import org.vauban.synth.PlantedModel.Baseline;
import org.vauban.synth.PlantedModel.Treatment;

/**
 * The effect in a group of users, from both potential outcomes of each person: what would have happened to all of them on
 * the target drug, and to all of them on the comparator, other things equal.
 *
 * <p>The marginal hazard ratio keeps each person's own days at risk. Risks are at one year, had treatment gone on and nobody
 * left. Both differ from the conditional hazard ratio because a hazard ratio is not collapsible.
 */
final class PotentialOutcomes {
    private final TwoArmFollowUp all = new TwoArmFollowUp();
    private final TwoArmFollowUp targetUsers = new TwoArmFollowUp();
    private final TwoArmFollowUp received = new TwoArmFollowUp();
    private double sumOfRisksOnTarget;
    private double sumOfRisksOnComparator;
    private double users;
    private double usersOfTarget;

    /** Counts a person's own two outcomes. */
    void addDrawn(Person person) {
        if (person.course().isEmpty()) {
            return;
        }
        Person.FirstCourse course = person.course().get();
        for (Treatment arm : Treatment.values()) {
            int planned = person.plannedDaysAtRisk();
            int toBleeding = course.daysToBleeding(person.baseline(), arm);
            boolean bleeds = toBleeding <= planned;
            int days = Math.min(planned, toBleeding);
            all.add(arm, days, bleeds);
            if (course.received() == Treatment.TARGET) {
                targetUsers.add(arm, days, bleeds);
            }
            if (course.received() == arm) {
                received.add(arm, days, bleeds);
            }
            addRisk(arm, toBleeding <= PlantedModel.RISK_HORIZON_DAYS ? 1 : 0);
        }
        users++;
        usersOfTarget += course.received() == Treatment.TARGET ? 1 : 0;
    }

    /** Counts what is expected of persons with this person's covariates and days at risk. */
    void addExpected(Person person) {
        if (person.course().isEmpty()) {
            return;
        }
        Baseline baseline = person.baseline();
        double shareOfTarget = PlantedModel.probabilityOfTarget(baseline);
        int days = person.plannedDaysAtRisk();
        for (Treatment arm : Treatment.values()) {
            double hazard = PlantedModel.dailyHazard(baseline, arm);
            all.addExpected(arm, 1, hazard, days);
            targetUsers.addExpected(arm, shareOfTarget, hazard, days);
            received.addExpected(arm, arm == Treatment.TARGET ? shareOfTarget : 1 - shareOfTarget, hazard, days);
            addRisk(arm, PlantedModel.riskAtHorizon(baseline, arm));
        }
        users++;
        usersOfTarget += shareOfTarget;
    }

    private void addRisk(Treatment arm, double risk) {
        switch (arm) {
            case TARGET -> sumOfRisksOnTarget += risk;
            case COMPARATOR -> sumOfRisksOnComparator += risk;
        }
    }

    Effect effect() {
        return new Effect(
                Math.round(users),
                Math.round(usersOfTarget),
                Math.round(received.events(Treatment.TARGET)),
                Math.round(received.events(Treatment.COMPARATOR)),
                all.hazardRatio(),
                targetUsers.hazardRatio(),
                received.hazardRatio(),
                sumOfRisksOnTarget / users,
                sumOfRisksOnComparator / users);
    }

    /**
     * The effect in a group.
     *
     * @param users new users of either drug
     * @param usersOfTarget those who received the target drug
     * @param eventsOnTarget bleedings at risk of those who received the target drug
     * @param eventsOnComparator bleedings at risk of those who received the comparator
     * @param marginalHazardRatio all users on the target over all users on the comparator
     * @param marginalHazardRatioOfTargetUsers the same among those who received the target drug
     * @param crudeHazardRatio received target over received comparator, without any adjustment: the confounded answer
     * @param riskOnTarget share of all users who would bleed within the horizon on the target drug
     * @param riskOnComparator the same on the comparator
     */
    record Effect(
            long users,
            long usersOfTarget,
            long eventsOnTarget,
            long eventsOnComparator,
            double marginalHazardRatio,
            double marginalHazardRatioOfTargetUsers,
            double crudeHazardRatio,
            double riskOnTarget,
            double riskOnComparator) {
        double riskDifference() {
            return riskOnTarget - riskOnComparator;
        }

        double riskRatio() {
            return riskOnTarget / riskOnComparator;
        }
    }
}
