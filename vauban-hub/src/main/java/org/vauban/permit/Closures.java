package org.vauban.permit;

import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vauban.control.ControlPlane;
import org.vauban.omop.EditionId;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Editions with rows that their producer took back. */
final class Closures {
    private final ControlPlane control;

    Closures(ControlPlane control) {
        this.control = control;
    }

    /** Why no new permit may cover these editions, if none may. */
    Optional<Problem> reasonAgainstPermit(Collection<EditionId> editions) {
        return control.read(sql -> reasonAgainstPermit(sql, editions));
    }

    /** The same within a transaction, so that nothing comes between the question and the grant. */
    static Optional<Problem> reasonAgainstPermit(JdbcClient sql, Collection<EditionId> editions) {
        return editions.stream()
                .filter(edition -> has(sql, "edition = :edition", edition))
                .findFirst()
                .map(edition -> Problem.of(ProblemCode.EDITION_CLOSED).found(edition));
    }

    /** Why an edition is not read any more under permits that were granted before, if it was so decided. */
    Optional<Problem> reasonAgainstReading(EditionId edition) {
        return control.read(sql -> has(sql, "edition = :edition and ended = 1", edition))
                ? Optional.of(Problem.of(ProblemCode.EDITION_ENDED).found(edition))
                : Optional.empty();
    }

    private static boolean has(JdbcClient sql, String condition, EditionId edition) {
        return sql.sql("select count(*) from edition_closed where " + condition)
                        .param("edition", edition.value())
                        .query(Long.class)
                        .single()
                > 0;
    }
}
