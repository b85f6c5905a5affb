package org.vauban.permit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.vauban.people.AccountId;

/** A permit as it stands: the terms and where it is on its way. */
public record Permit(
        PermitId id, ProjectId project, AccountId applicant, PermitTerms terms, PermitState state, Instant requested) {

    /** The first instant at which nothing can be computed any more: midnight after the last day, in universal time. */
    public Instant endsAt() {
        return endsAt(terms.end());
    }

    static Instant endsAt(LocalDate end) {
        return end.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
