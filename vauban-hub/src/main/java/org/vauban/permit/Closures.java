package org.vauban.permit;

import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vauban.control.ControlPlane;
import org.vauban.omop.EditionId;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Editions with rows that their producer took back, and editions that cannot take objections. */
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
                .flatMap(edition -> reasonAgainstPermit(sql, edition).stream())
                .findFirst();
    }

    private static Optional<Problem> reasonAgainstPermit(JdbcClient sql, EditionId edition) {
        if (has(sql, "edition = :edition", edition)) {
            return Optional.of(Problem.of(ProblemCode.EDITION_CLOSED).found(edition));
        }
        return reasonOfObjections(sql, edition);
    }

    /**
     * Why an edition is not read although it was granted before anybody objected: nobody can be found again in it, so that those who object
     * cannot be left out.
     */
    Optional<Problem> reasonOfObjections(EditionId edition) {
        return control.read(sql -> reasonOfObjections(sql, edition));
    }

    private static Optional<Problem> reasonOfObjections(JdbcClient sql, EditionId edition) {
        long blind = sql.sql("select count(*) from edition e join objection_version_seen v"
                        + " on v.version = (select max(version) from objection_version_seen)"
                        + " where e.id = :edition and v.records > 0 and (e.objections is null"
                        + " or exists (select 1 from objection_unreached u"
                        + " where u.version = v.version and u.edition = e.id))")
                .param("edition", edition.value())
                .query(Long.class)
                .single();
        return blind > 0
                ? Optional.of(Problem.of(ProblemCode.EDITION_WITHOUT_DIRECTORY).found(edition))
                : Optional.empty();
    }

    /** The version of the objections under which an edition is read; 0 when there is none, or the edition has no directory. */
    long objectionsOf(EditionId edition) {
        return control.read(sql -> sql.sql("select coalesce(max(v.version), 0) from edition e"
                        + " cross join objection_version_seen v where e.id = :edition and e.objections is not null")
                .param("edition", edition.value())
                .query(Long.class)
                .single());
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
