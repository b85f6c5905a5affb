package org.vauban.disclosure;

/**
 * How much of a table is hidden to protect other cells, and what is known of how little could be. Bounds are for who checks and stay inside: they are
 * made of hidden counts. Outside, {@link #proof} alone is told.
 *
 * @param proof what is known
 * @param cells the cells that are hidden to protect others
 * @param price what they cost: the persons of those cells that could have been shown, and one for each
 * @param atLeast no choice under the same promises costs less; 0 when it was not sought
 */
public record SecondarySuppression(Proof proof, int cells, long price, long atLeast) {
    public SecondarySuppression {
        if (atLeast > price || (proof == Proof.LEAST && atLeast != price)) {
            throw new IllegalArgumentException("A bound is not above what it bounds");
        }
    }

    /** What is known of a choice of cells. */
    public enum Proof {
        /** No choice costs less. */
        LEAST,
        /** The work allowed was used up; a cheaper choice may exist. */
        NOT_FINISHED,
        /** The table is large: the heuristic's choice stands. */
        NOT_SOUGHT
    }

    /** By how much of its price a choice is at most dearer than the best one: 0 when none is cheaper. */
    public double gap() {
        return price == 0 ? 0 : (double) (price - atLeast) / price;
    }
}
