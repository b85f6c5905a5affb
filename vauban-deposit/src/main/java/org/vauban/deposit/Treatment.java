package org.vauban.deposit;

import org.vauban.deposit.identifier.Reading;

/** What happens to the values of a column on their way into the health part. */
sealed interface Treatment {
    /** They pass when the detector finds nothing. */
    record Kept(Reading reading) implements Treatment {}

    /** Each becomes a record number. */
    record Token(RecordNumbers.Type type) implements Treatment {}

    /** They are left out. */
    record Blank() implements Treatment {}
}
