package org.vauban.vault;

import java.util.function.BooleanSupplier;

/** The right to hold data keys for a while. */
@FunctionalInterface
public interface Loan {
    /** What the hub reads for itself: its own papers, the manifests of its editions. Keys are held for one reading. */
    Loan OF_THE_HUB = () -> () -> false;

    /**
     * Begins to hold keys.
     *
     * @return says whether those that were asked for since must be zeroed
     * @throws org.vauban.problem.ProblemException when there is no such right any more
     */
    BooleanSupplier begin();
}
