package org.vauban.permit;

import java.util.Locale;

/** Where a permit is on its way. A granted permit ends by itself. */
public enum PermitState {
    REQUESTED,
    GRANTED,
    REFUSED,
    /** Taken back by the committee. */
    WITHDRAWN,
    /** Taken back by the applicant before it was decided. */
    RETRACTED,
    /** An amendment or a renewal stands in its place. */
    REPLACED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static PermitState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
