package org.vauban.study;

/**
 * One exposure of one person, with all that the later steps and analyses ask of it. Days are counted from 1970-01-01.
 *
 * @param person the edition's person
 * @param startDay first day of the exposure
 * @param priorOutcome whether the outcome happened before the time at risk, within the look-back
 * @param daysObservable days from first to last day at risk, both counted; less than 1 when there is none
 * @param days days at risk until the outcome or the end, both counted
 * @param event whether the outcome happened at risk
 * @param values one value per covariate of the study; NaN = not known
 * @param also what became of the person by each cohort that is followed beside the outcome
 * @param records numbers of what was recorded before, as {@link RecordedBefore} gave them
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over inside this package, never shared.
record Exposed(
        long person,
        int startDay,
        boolean priorOutcome,
        int daysObservable,
        int days,
        boolean event,
        double[] values,
        Followed[] also,
        int[] records) {
    /**
     * One person followed until an event or the end of the time at risk.
     *
     * @param before whether the event happened before, within the look-back
     * @param days days at risk until the event or the end, both counted
     * @param event whether it happened at risk
     */
    record Followed(boolean before, int days, boolean event) {
        @Override
        public String toString() {
            return "Followed";
        }
    }

    /** Somebody who is described at the start and followed no further. */
    static Exposed described(long person, int startDay, double[] values) {
        return new Exposed(person, startDay, false, 1, 1, false, values, new Followed[0], new int[0]);
    }

    /** What became of the person by the study's outcome. */
    Followed outcome() {
        return new Followed(priorOutcome, days, event);
    }

    @Override
    public String toString() {
        return "Exposed";
    }
}
