package org.vauban.harmonise;

import java.util.List;
import org.vauban.edition.PreparedEdition;
import org.vauban.ingest.IngestReport;
import org.vauban.problem.Problem;

/**
 * What a harmonisation gives.
 *
 * @param edition durable and not yet published: the caller enters its root in the log, and then publishes it
 * @param report the counts, with a line of attrition for each business rule
 * @param rowProblems the first faulty rows; more of them are in the rejects file
 */
public record Harmonised(PreparedEdition edition, IngestReport report, List<Problem> rowProblems) {
    public Harmonised {
        rowProblems = List.copyOf(rowProblems);
    }
}
