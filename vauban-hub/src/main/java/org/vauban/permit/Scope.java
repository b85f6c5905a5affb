package org.vauban.permit;

import java.util.Optional;
import org.vauban.omop.EditionId;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;

/**
 * What a request needs, stated before anything is read.
 *
 * @param edition the edition it reads
 * @param needs the columns it reads
 * @param period the days it reads; nothing means all the days the permit grants
 * @param purpose what it is for, if it says so
 * @param lookBack why its first days are read, in the request's own words, if they lie before those it is about
 */
public record Scope(
        EditionId edition, Needs needs, Optional<Period> period, Optional<Purpose> purpose, Optional<String> lookBack) {

    /** A request that looks back on nothing. */
    public Scope(EditionId edition, Needs needs, Optional<Period> period, Optional<Purpose> purpose) {
        this(edition, needs, period, purpose, Optional.empty());
    }
}
