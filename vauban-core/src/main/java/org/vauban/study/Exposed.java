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
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over inside this package, never shared.
record Exposed(
        long person, int startDay, boolean priorOutcome, int daysObservable, int days, boolean event, double[] values) {
    @Override
    public String toString() {
        return "Exposed";
    }
}
