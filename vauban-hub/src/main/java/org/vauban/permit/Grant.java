package org.vauban.permit;

import java.time.Instant;
import java.util.Set;
import org.vauban.disclosure.DisclosureRules;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.EditionId;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;

/**
 * A permit that was checked for one request: this project, this edition, these columns, this period, now. Only {@link Permits} makes
 * one. It carries what the request needs, never more than the permit grants.
 */
public sealed interface Grant permits Granted {
    PermitId permit();

    ProjectId project();

    EditionId edition();

    /** The columns that the request needs; each of them is granted. */
    Needs needs();

    /** The period of the request; it lies within the permit's. */
    Period period();

    /** The disclosure rules of the permit; never weaker than the hub's. */
    DisclosureRules disclosureRules();

    /** Why the data may be used. */
    Purpose purpose();

    /** When the permit ends. */
    Instant end();

    default Set<CdmColumn> columns() {
        return needs().columns();
    }
}
