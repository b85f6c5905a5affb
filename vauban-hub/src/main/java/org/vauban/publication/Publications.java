package org.vauban.publication;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vauban.control.ControlPlane;
import org.vauban.custody.Keys;
import org.vauban.edition.Edition;
import org.vauban.edition.Editions;
import org.vauban.edition.PreparedEdition;
import org.vauban.ingest.IngestReport;
import org.vauban.ingest.OmopIngest;
import org.vauban.journal.Act;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.ledger.entry.Inputs;
import org.vauban.ledger.tree.Hash;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Grant;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.trajectory.TrajectorySource;

/** The editions of the hub, as the log knows them. */
public final class Publications {
    private final ControlPlane control;
    private final Journal journal;
    private final Editions editions;
    private final Keys keys;
    private final int buckets;
    private final Clock clock;

    public Publications(ControlPlane control, Journal journal, Editions editions, Keys keys, int buckets, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.editions = editions;
        this.keys = keys;
        this.buckets = buckets;
        this.clock = clock;
    }

    /** An edition and what its making reported. */
    public record Publication(PublishedEdition edition, IngestReport report, List<Problem> rowProblems) {
        public Publication {
            rowProblems = List.copyOf(rowProblems);
        }
    }

    /**
     * Publishes a ready OMOP data set: the act is begun, the objects are made durable, the root is entered, and one switch shows the
     * edition. When anything fails no edition comes to be, and the log says so.
     *
     * @param folder one file per table
     * @param rejectsFile takes the rows that cannot be used
     */
    public Publication omop(Actor manager, Path folder, Path rejectsFile) {
        manager.require(Role.DATA_MANAGER);
        Act act = journal.begin(Entry.of("edition", manager.account().value(), "source/omop"));
        OmopIngest.Ingested ingested;
        try {
            ingested = new OmopIngest(editions, keys).prepare(folder, buckets, rejectsFile);
        } catch (ProblemException failed) {
            abandon(act, failed.code().name());
            throw failed;
        } catch (RuntimeException failed) {
            abandon(act, failed.getClass().getSimpleName());
            throw failed;
        }
        enter(act, ingested.edition(), "omop");
        editions.publish(ingested.edition());
        return new Publication(require(ingested.edition().id()), ingested.report(), ingested.rowProblems());
    }

    private void enter(Act act, PreparedEdition prepared, String source) {
        Entry conclusion = act.subject()
                .on(prepared.id().value())
                .result("published")
                .over(new Inputs(prepared.objects(), prepared.root()))
                .body(Map.of("rows", String.valueOf(prepared.rows()), "bytes", String.valueOf(prepared.bytes())));
        journal.conclude(
                act,
                conclusion,
                (sql, entry) -> sql.sql("insert into edition (id, root, stub, persons, source, published, state, entry)"
                                + " values (:id, :root, :stub, :persons, :source, :now, 'published', :entry)")
                        .param("id", prepared.id().value())
                        .param("root", prepared.root().hex())
                        .param("stub", Base64.getEncoder().encodeToString(prepared.stub()))
                        .param("persons", prepared.persons())
                        .param("source", source)
                        .param("now", clock.instant().toString())
                        .param("entry", entry)
                        .update());
    }

    private void abandon(Act act, String reason) {
        journal.conclude(act, "failed", Map.of("reason", reason), (_, _) -> true);
    }

    /** What a grant lets be read of its edition, after manifest, signature and root were checked against the log's. */
    public TrajectorySource read(Grant grant) {
        return open(grant.edition()).read(grant);
    }

    /** The edition itself: counts and objects, no rows. */
    public Edition open(EditionId id) {
        return editions.open(id, Hash.ofHex(require(id).root()));
    }

    public PublishedEdition require(EditionId id) {
        return find(id).orElseThrow(
                        () -> Problem.of(ProblemCode.EDITION_UNKNOWN).found(id).exception());
    }

    public Optional<PublishedEdition> find(EditionId id) {
        return list().stream().filter(edition -> edition.id().equals(id)).findFirst();
    }

    /** All published editions, the oldest first. One whose entry is not in the log is not seen. */
    public List<PublishedEdition> list() {
        record Row(String id, String root, long persons, String source, String published, long logIndex) {}
        return control
                .read(sql -> sql.sql("select e.id, e.root, e.persons, e.source, e.published, j.log_index from edition e"
                                + " join journal_entry j on j.id = e.entry where j.log_index is not null"
                                + " and e.state = 'published' order by e.published, e.id")
                        .query(Row.class)
                        .list())
                .stream()
                .map(row -> new PublishedEdition(
                        new EditionId(row.id()),
                        row.root(),
                        row.persons(),
                        row.source(),
                        Instant.parse(row.published()),
                        row.logIndex()))
                .toList();
    }

    /** Makes the switch that a crash prevented: the root is in the log, everything is durable, only the stub is missing. */
    public void recover() {
        record Row(String id, String root, long persons, String stub) {}
        List<Row> rows = control.read(sql -> sql.sql("select e.id, e.root, e.persons, e.stub from edition e"
                        + " join journal_entry j on j.id = e.entry where j.log_index is not null")
                .query(Row.class)
                .list());
        var visible = editions.list();
        for (Row row : rows) {
            var id = new EditionId(row.id());
            if (!visible.contains(id)) {
                editions.publish(new PreparedEdition(
                        id,
                        Hash.ofHex(row.root()),
                        row.persons(),
                        0,
                        0,
                        0,
                        Base64.getDecoder().decode(row.stub())));
            }
        }
    }
}
