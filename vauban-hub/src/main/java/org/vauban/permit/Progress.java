package org.vauban.permit;

import java.util.List;
import org.vauban.procedure.Procedure;
import org.vauban.procedure.Standing;

/**
 * A request with all that happened to it.
 *
 * @param inForce whether the procedure may decide today
 * @param standing where the request stands now
 */
public record Progress(
        Permit permit, Procedure procedure, boolean inForce, List<Happening> happenings, Standing standing) {
    public Progress {
        happenings = List.copyOf(happenings);
    }
}
