package org.vauban.permit;

import java.time.Instant;
import java.util.Map;
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

    /** Which rows are there, and how precisely their days are told. */
    Reach reach();

    /** The version of the objections under which it is read; 0 when there is none, or none for this edition or procedure. */
    long objections();

    /** The disclosure rules of the permit; never weaker than the hub's. */
    DisclosureRules disclosureRules();

    /** Why the data may be used. */
    Purpose purpose();

    /** When the permit ends. */
    Instant end();

    default Set<CdmColumn> columns() {
        return needs().columns();
    }

    /** The period of the request; it lies within the permit's. */
    default Period period() {
        return reach().period();
    }

    /** What the log is told of it before anything is read. */
    default Map<String, String> described() {
        return Map.of(
                "edition", edition().value(),
                "columns", columns().stream().sorted().toList().toString(),
                "period", period().toString(),
                "population", reach().population().map(Population::name).orElse(""),
                "concepts",
                        reach().concepts().keySet().stream().sorted().toList().toString(),
                "by-month", reach().byMonth().stream().sorted().toList().toString(),
                "objections", String.valueOf(objections()));
    }
}
