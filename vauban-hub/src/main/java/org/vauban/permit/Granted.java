package org.vauban.permit;

import java.time.Instant;
import org.vauban.disclosure.DisclosureRules;
import org.vauban.omop.EditionId;
import org.vauban.trajectory.Needs;

/** The only grant there is. */
record Granted(
        PermitId permit,
        ProjectId project,
        EditionId edition,
        Needs needs,
        Reach reach,
        long objections,
        Purpose purpose,
        DisclosureRules disclosureRules,
        Instant end)
        implements Grant {}
