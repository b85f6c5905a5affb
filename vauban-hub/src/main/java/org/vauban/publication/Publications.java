package org.vauban.publication;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.control.ControlPlane;
import org.vauban.custody.Keys;
import org.vauban.custody.Lease;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.desk.Deposited;
import org.vauban.desk.Deposits;
import org.vauban.duck.DuckSession;
import org.vauban.edition.Edition;
import org.vauban.edition.Editions;
import org.vauban.edition.PreparedEdition;
import org.vauban.harmonise.Answers;
import org.vauban.harmonise.BusinessRule;
import org.vauban.harmonise.DepositedTable;
import org.vauban.harmonise.Harmonisation;
import org.vauban.harmonise.Harmonised;
import org.vauban.ingest.IngestReport;
import org.vauban.ingest.OmopIngest;
import org.vauban.journal.Act;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.ledger.entry.Inputs;
import org.vauban.ledger.tree.Hash;
import org.vauban.objection.ObjectionVersion;
import org.vauban.objection.Objections;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Grant;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.pseudonym.Linkages;
import org.vauban.pseudonym.Objectors;
import org.vauban.pseudonym.RecordPersons;
import org.vauban.trajectory.TrajectorySource;

/** The editions of the hub, as the log knows them. */
public final class Publications {
    private final ControlPlane control;
    private final Journal journal;
    private final Editions editions;
    private final Keys keys;
    private final int buckets;
    private final DuckSession.Limits limits;
    private final CohortEvaluator evaluator;
    private final Objections objections;
    private final Clock clock;

    /**
     * The editions of a hub.
     *
     * @param memory so many bytes may rows take while an edition is made; when nothing is said, what the machine has
     * @param evaluator finds the persons of a permit's population
     * @param objections who is absent under every grant
     */
    public Publications(
            ControlPlane control,
            Journal journal,
            Editions editions,
            Keys keys,
            int buckets,
            OptionalLong memory,
            CohortEvaluator evaluator,
            Objections objections,
            Clock clock) {
        this.control = control;
        this.journal = journal;
        this.editions = editions;
        this.keys = keys;
        this.buckets = buckets;
        this.evaluator = evaluator;
        this.objections = objections;
        DuckSession.Limits machine = DuckSession.Limits.ofTheMachine();
        this.limits = new DuckSession.Limits(machine.threads(), memory.orElse(machine.memoryBytes()));
        this.clock = clock;
    }

    /** An edition and what its making reported. */
    public record Publication(PublishedEdition edition, IngestReport report, List<Problem> rowProblems) {
        public Publication {
            rowProblems = List.copyOf(rowProblems);
        }
    }

    /** Publishes a ready OMOP data set of whose persons nobody is said to object. */
    public Publication omop(Actor manager, Path folder, Path rejectsFile) {
        return omop(manager, folder, rejectsFile, Optional.empty());
    }

    /**
     * Publishes a ready OMOP data set: the act is begun, the objects are made durable, the root is entered, and one switch shows the
     * edition. When anything fails no edition comes to be, and the log says so.
     *
     * <p>Whoever brings the folder alone knows who is who in it. With a list of those who object the edition is made without them and is
     * read until there is a later version of the objections; then it is ingested again with a new list.
     *
     * @param folder one file per table
     * @param rejectsFile takes the rows that cannot be used
     * @param objecting the folder's own ids of those who object, one a line; a list without an id says that nobody does
     */
    public Publication omop(Actor manager, Path folder, Path rejectsFile, Optional<Path> objecting) {
        manager.require(Role.DATA_MANAGER);
        Set<Long> ids = objecting.map(ObjectingIds::read).orElse(Set.of());
        // Asked before the folder is read, as for deposits.
        long withoutVersion =
                objections.current().map(ObjectionVersion::version).orElse(0L);
        Act act = journal.begin(Entry.of("edition", manager.account().value(), "source/omop")
                .body(objecting.isPresent() ? Map.of("objecting", String.valueOf(ids.size())) : Map.of()));
        OmopIngest.Ingested ingested;
        try {
            ingested = new OmopIngest(editions, keys, limits).prepare(folder, buckets, rejectsFile, ids::contains);
        } catch (ProblemException failed) {
            abandon(act, failed.code().name());
            throw failed;
        } catch (RuntimeException failed) {
            abandon(act, failed.getClass().getSimpleName());
            throw failed;
        }
        enter(act, ingested.edition(), "omop", sql -> {
            if (objecting.isPresent()) {
                madeWithout(sql, ingested.edition().id(), withoutVersion);
            }
        });
        editions.publish(ingested.edition());
        return new Publication(require(ingested.edition().id()), ingested.report(), ingested.rowProblems());
    }

    /** Says under which version of the objections those who object were left out. */
    private static void madeWithout(JdbcClient sql, EditionId edition, long version) {
        sql.sql("update edition set objections = :version where id = :edition")
                .param("version", version)
                .param("edition", edition.value())
                .update();
    }

    /**
     * An edition of all that was deposited since the last one.
     *
     * @param deposits how many went into it
     * @param linkage what the identity zone answered, persons aside
     * @param harmonised how long harmonising and sealing took
     */
    public record FromDeposits(
            Publication publication, List<DepositId> deposits, LinkageFigures linkage, Duration harmonised) {
        public FromDeposits {
            deposits = List.copyOf(deposits);
        }
    }

    /**
     * A linkage in figures.
     *
     * @param batch its name in the log and in the zone
     * @param records records that have a person
     * @param persons persons behind them
     * @param report the zone's own account of its quality, a JSON document of counts
     * @param duration how long it took
     */
    public record LinkageFigures(String batch, long records, long persons, String report, Duration duration) {}

    /**
     * Publishes an edition of the deposits that wait for one: the identity zone says who is who, everything is harmonised to OMOP, and
     * the deposits are freed once the edition can be read. When anything fails no edition comes to be, the deposits stay, and the log
     * says so.
     *
     * @param zone the socket at which the identity zone answers the hub
     * @param rejectsFile takes the rows that cannot be used
     * @param switchedOff business rules that are not applied
     */
    public FromDeposits deposits(
            Actor manager, Deposits desk, Path zone, Path rejectsFile, Set<BusinessRule> switchedOff) {
        manager.require(Role.DATA_MANAGER);
        List<DepositId> waiting = desk.waiting().stream().map(Deposited::id).toList();
        if (waiting.isEmpty()) {
            throw Problem.of(ProblemCode.NOTHING_TO_PUBLISH).exception();
        }
        Act act = journal.begin(Entry.of("edition", manager.account().value(), "source/deposits")
                .body(Map.of(
                        "deposits",
                        waiting.stream().map(DepositId::value).collect(Collectors.joining(" ")),
                        "rules-off",
                        switchedOff.stream().map(BusinessRule::ruleName).collect(Collectors.joining(" ")))));
        Harmonised harmonised;
        LinkageFigures figures;
        Duration harmonising;
        // Asked before the zone is: a version that is made meanwhile is later than what the edition was made without.
        long withoutVersion =
                objections.current().map(ObjectionVersion::version).orElse(0L);
        Objectors objectors;
        try {
            Instant started = clock.instant();
            List<String> names = waiting.stream().map(DepositId::value).toList();
            var linkages = new Linkages(journal);
            Linkages.Linked linked = linkages.link(manager, zone, Linkages.batch(names), names);
            objectors = linkages.objectors(zone, linked.batch(), objections.accepted());
            Instant answered = clock.instant();
            RecordPersons persons = linked.persons();
            figures = new LinkageFigures(
                    linked.batch(),
                    persons.records(),
                    persons.persons(),
                    linked.report(),
                    Duration.between(started, answered));
            harmonised = new Harmonisation(editions, keys, clock, limits)
                    .prepare(
                            waiting.stream()
                                    .flatMap(id -> desk.open(id).stream())
                                    .map(Publications::table)
                                    .toList(),
                            answers(persons, objectors),
                            buckets,
                            rejectsFile,
                            switchedOff);
            harmonising = Duration.between(answered, clock.instant());
        } catch (ProblemException failed) {
            abandon(act, failed.code().name());
            throw failed;
        } catch (RuntimeException failed) {
            abandon(act, failed.getClass().getSimpleName());
            throw failed;
        }
        enter(act, harmonised.edition(), "deposits", sql -> {
            desk.consume(sql, waiting);
            descend(sql, harmonised.edition().id(), waiting);
            madeWithout(sql, harmonised.edition().id(), withoutVersion);
        });
        editions.publish(harmonised.edition());
        desk.free(waiting);
        return new FromDeposits(
                new Publication(require(harmonised.edition().id()), harmonised.report(), harmonised.rowProblems()),
                waiting,
                figures,
                harmonising);
    }

    private static Answers answers(RecordPersons persons, Objectors objectors) {
        return new Answers() {
            @Override
            public OptionalLong person(String deposit, String record) {
                return persons.person(deposit, record);
            }

            @Override
            public boolean objects(long person) {
                return objectors.has(person);
            }
        };
    }

    private static DepositedTable table(org.vauban.desk.DepositedTable part) {
        return new DepositedTable(
                part.deposit().value(),
                part.producer(),
                switch (part.kind()) {
                    case FHIR -> DepositedTable.Kind.FHIR;
                    case SNDS -> DepositedTable.Kind.SNDS;
                    case OMOP -> DepositedTable.Kind.OMOP;
                },
                part.table(),
                part.delimiter(),
                part.bytes(),
                () -> part.content().open());
    }

    /** Enters an edition with its root; what changes with it commits in the same transaction or not at all. */
    private void enter(Act act, PreparedEdition prepared, String source, Consumer<JdbcClient> withIt) {
        Entry conclusion = act.subject()
                .on(prepared.id().value())
                .result("published")
                .over(new Inputs(prepared.objects(), prepared.root()))
                .body(Map.of("rows", String.valueOf(prepared.rows()), "bytes", String.valueOf(prepared.bytes())));
        journal.conclude(act, conclusion, (sql, entry) -> {
            int entered = sql.sql("insert into edition (id, root, stub, persons, source, published, state, entry)"
                            + " values (:id, :root, :stub, :persons, :source, :now, 'published', :entry)")
                    .param("id", prepared.id().value())
                    .param("root", prepared.root().hex())
                    .param("stub", Base64.getEncoder().encodeToString(prepared.stub()))
                    .param("persons", prepared.persons())
                    .param("source", source)
                    .param("now", clock.instant().toString())
                    .param("entry", entry)
                    .update();
            withIt.accept(sql);
            return entered;
        });
    }

    /** Says which deposits an edition was made of. */
    private static void descend(JdbcClient sql, EditionId edition, List<DepositId> deposits) {
        deposits.forEach(
                deposit -> sql.sql("insert into edition_deposit (edition, deposit) values (:edition, :deposit)")
                        .param("edition", edition.value())
                        .param("deposit", deposit.value())
                        .update());
    }

    /** Editions that were made before their deposits were noted beside them: the log has said it. */
    private void noteDescent() {
        record Row(String id, long entry) {}
        List<Row> unnoted =
                control.read(sql -> sql.sql("select e.id, e.entry from edition e join journal_entry j on j.id = e.entry"
                                + " where e.source = 'deposits' and j.log_index is not null"
                                + " and not exists (select 1 from edition_deposit x where x.edition = e.id)")
                        .query(Row.class)
                        .list());
        for (Row row : unnoted) {
            List<DepositId> deposits =
                    journal.saidAtTheBeginningOf(row.entry()).map(said -> said.getOrDefault("deposits", "")).stream()
                            .flatMap(names -> Stream.of(names.split(" ")))
                            .filter(name -> !name.isBlank())
                            .map(DepositId::new)
                            .toList();
            control.change(sql -> {
                descend(sql, new EditionId(row.id()), deposits);
                return true;
            });
        }
    }

    private void abandon(Act act, String reason) {
        journal.conclude(act, "failed", Map.of("reason", reason), (_, _) -> true);
    }

    /**
     * What a grant lets be read of its edition, after manifest, signature and root were checked against the log's.
     *
     * @param lease for how long what the custodian unwraps may be held
     * @param progress may stop the search for the persons of its population
     */
    public TrajectorySource read(Grant grant, Lease lease, EvaluationProgress progress) {
        return open(grant.edition())
                .read(
                        grant,
                        objections.objecting(grant.edition(), grant.objections()),
                        lease::begin,
                        evaluator,
                        progress);
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

    /**
     * All published editions, the oldest first. One whose entry is not in the log is not seen, nor one whose switch is still to come:
     * whoever sees an edition can open it.
     */
    public List<PublishedEdition> list() {
        record Row(String id, String root, long persons, String source, String published, long logIndex) {}
        Set<String> switched = editions.list().stream().map(EditionId::value).collect(Collectors.toSet());
        return control
                .read(sql -> sql.sql("select e.id, e.root, e.persons, e.source, e.published, j.log_index from edition e"
                                + " join journal_entry j on j.id = e.entry where j.log_index is not null"
                                + " and e.state = 'published' order by e.published, e.id")
                        .query(Row.class)
                        .list())
                .stream()
                .filter(row -> switched.contains(row.id()))
                .map(row -> new PublishedEdition(
                        new EditionId(row.id()),
                        row.root(),
                        row.persons(),
                        row.source(),
                        Instant.parse(row.published()),
                        row.logIndex()))
                .toList();
    }

    /** Finishes what a crash prevented. */
    public void recover() {
        switchWhatIsEntered();
        noteDescent();
    }

    /** Makes the switch that a crash prevented: the root is in the log, everything is durable, only the stub is missing. */
    private void switchWhatIsEntered() {
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
