package org.vauban.permit;

import java.util.Map;
import org.vauban.procedure.Procedures;

/**
 * The formal side of a request.
 *
 * @param procedure the name of the procedure under which it is made
 * @param applicant the kind of the organisation, as procedures distinguish them
 * @param pieces the pieces of the file by their names, each with where the signed document lies and its hash or reference
 */
public record Dossier(String procedure, ApplicantKind applicant, Map<String, String> pieces) {
    public Dossier {
        pieces = Map.copyOf(pieces);
    }

    /** A request to the hub's own committee, without pieces. */
    public static Dossier toTheCommittee() {
        return new Dossier(Procedures.COMMITTEE, ApplicantKind.RESEARCH, Map.of());
    }
}
