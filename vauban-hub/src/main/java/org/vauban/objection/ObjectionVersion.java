package org.vauban.objection;

import java.time.Instant;
import java.util.List;
import org.vauban.omop.EditionId;
import org.vauban.problem.ProblemCode;

/**
 * A version of the objections, in counts.
 *
 * @param lists how many lists it was made of
 * @param records how many records they have
 * @param marks how many persons are marked, counted in each edition
 * @param unreached editions in which nobody could be found; they are not read while somebody objects
 */
public record ObjectionVersion(
        long version, Instant made, long lists, long records, long marks, List<Unreached> unreached, long logIndex) {
    public ObjectionVersion {
        unreached = List.copyOf(unreached);
    }

    /** An edition to which a version does not apply, and why. */
    public record Unreached(EditionId edition, ProblemCode reason) {}
}
