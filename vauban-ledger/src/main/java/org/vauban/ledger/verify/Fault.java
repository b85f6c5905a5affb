package org.vauban.ledger.verify;

/**
 * The check ends here: this is the lowest index that is not vouched for. Entries are checked in their order, and a hash above
 * them only when everything below it agreed, so the first fault that is met is also the lowest.
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
