package org.vauban.ledger.verify;

/**
 * The index is not vouched for, and the step of the check that found it ends. Entries are checked in their order, and a hash
 * above them only when everything below it agreed, so the first fault a step meets is also its lowest.
 */
final class Fault extends Exception {

    private static final long serialVersionUID = 1L;

    private final long index;

    Fault(long index, String problem) {
        super(problem);
        this.index = index;
    }

    long index() {
        return index;
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
