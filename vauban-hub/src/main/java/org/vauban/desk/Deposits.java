package org.vauban.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vauban.body.Bodies;
import org.vauban.control.ControlPlane;
import org.vauban.custodian.WrappedKey;
import org.vauban.custody.Keys;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.deposit.envelope.Kind;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.deposit.envelope.SealedPart;
import org.vauban.deposit.envelope.TableLine;
import org.vauban.deposit.envelope.Zone;
import org.vauban.disk.Disk;
import org.vauban.journal.Act;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.problem.ProblemKind;

/** The desk: who may deposit, what was deposited, and what is in it. */
public final class Deposits {
    private static final String BODY = "producer";

    private final ControlPlane control;
    private final Journal journal;
    private final Bodies bodies;
    private final Keys keys;
    private final Shelves shelves;
    private final Deliveries deliveries;
    private final Clock clock;

    /**
     * The desk of a hub.
     *
     * @param disk where the folder lies
     * @param folder takes the sealed parts
     */
    public Deposits(
            ControlPlane control, Journal journal, Bodies bodies, Keys keys, Disk disk, Path folder, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.bodies = bodies;
        this.keys = keys;
        this.shelves = new Shelves(disk, folder);
        this.deliveries = new Deliveries(control, journal, keys, clock);
        this.clock = clock;
    }

    /** What a convention says, as it is sealed. */
    record Convention(String text) {}

    /**
     * The raw X25519 key, 32 bytes, to which a producer seals the health parts of its next deposit. The key serves one deposit: it is the same
     * until that has come.
     *
     * @throws ProblemException {@code PRODUCER_UNKNOWN}, or {@code PRODUCER_WITHDRAWN}
     */
    public byte[] deliveryKey(Actor manager, String producer) {
        manager.require(Role.DATA_MANAGER);
        boolean isKnown = producerRows().stream().anyMatch(row -> row.name().equals(producer));
        if (!isKnown) {
            throw Problem.of(ProblemCode.PRODUCER_UNKNOWN).found(producer).exception();
        }
        reasonAgainst(producer).ifPresent(reason -> {
            throw reason.exception();
        });
        return deliveries.publicKey(manager, producer);
    }

    /** Why nothing more is taken from a producer, if nothing is. */
    private Optional<Problem> reasonAgainst(String producer) {
        long withdrawn = control.read(
                sql -> sql.sql("select count(*) from withdrawal_seen where producer = :producer and deposit is null")
                        .param("producer", producer)
                        .query(Long.class)
                        .single());
        return withdrawn == 0
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.PRODUCER_WITHDRAWN).found(producer));
    }

    /** Puts a producer on record with the convention under which its data come. */
    public Producer register(Actor manager, String name, Kind kind, String convention) {
        manager.require(Role.DATA_MANAGER);
        Manifest.requireProducer(name);
        if (convention.isBlank()) {
            throw Problem.of(ProblemCode.FIELD_MISSING)
                    .with("field", "convention")
                    .exception();
        }
        if (find(name, kind).isPresent()) {
            throw Problem.of(ProblemCode.PRODUCER_EXISTS)
                    .found(name)
                    .with("kind", kind.word())
                    .exception();
        }
        Instant now = clock.instant();
        String body = bodies.seal(BODY, new Convention(convention));
        journal.enter(
                Entry.of("producer-registered", manager.account().value(), "producer/" + name + "/" + kind.word())
                        .body(Map.of("convention", convention)),
                (sql, entry) -> sql.sql("insert into producer (name, kind, body, registered, entry)"
                                + " values (:name, :kind, :body, :now, :entry)")
                        .param("name", name)
                        .param("kind", kind.word())
                        .param("body", body)
                        .param("now", now.toString())
                        .param("entry", entry)
                        .update());
        return new Producer(name, kind, convention, now);
    }

    private record ProducerRow(String name, String kind, String body, String registered) {}

    /** Everybody who may deposit, by name. */
    public List<Producer> producers() {
        return producerRows().stream()
                .map(row -> new Producer(
                        row.name(),
                        kind(row.kind()),
                        bodies.open(BODY, row.body(), Convention.class).text(),
                        Instant.parse(row.registered())))
                .toList();
    }

    private List<ProducerRow> producerRows() {
        return control.read(sql -> sql.sql(
                        "select p.name, p.kind, p.body, p.registered from producer p"
                                + " join journal_entry j on j.id = p.entry where j.log_index is not null order by p.name, p.kind")
                .query(ProducerRow.class)
                .list());
    }

    private Optional<ProducerRow> find(String name, Kind kind) {
        return producerRows().stream()
                .filter(row -> row.name().equals(name) && row.kind().equals(kind.word()))
                .findFirst();
    }

    private static Kind kind(String word) {
        return Kind.named(word).orElseThrow();
    }

    /**
     * Takes a health envelope: its parts are copied as they are, checked against their manifest, and durable before the log says that
     * they are here. When it is interrupted, the same call goes on.
     *
     * @param envelope the folder with {@code manifest.json} and the parts
     * @throws ProblemException {@code PRODUCER_UNKNOWN}, {@code DEPOSIT_KEY}, {@code DEPOSIT_DUPLICATE}, {@code DEPOSIT_INCOMPLETE}, {@code
     *     DEPOSIT_MANIFEST}, or {@code SEAL_BROKEN} when a part is not what the manifest says
     */
    public Deposited receive(Actor manager, Path envelope) {
        manager.require(Role.DATA_MANAGER);
        byte[] manifestBytes = Shelves.manifest(envelope);
        Manifest manifest = Manifest.read(manifestBytes);
        String content = contentMac(manifest);
        check(manager, manifest, content);
        Act act = journal.begin(Entry.of("deposit", manager.account().value(), "deposit/" + manifest.deposit()));
        try {
            shelves.take(envelope, manifest, manifestBytes);
        } catch (ProblemException failed) {
            journal.conclude(act, failed.code().name(), Map.of(), (_, _) -> true);
            throw failed;
        }
        journal.conclude(
                act,
                act.subject()
                        .body(Map.of(
                                "producer", manifest.producer(),
                                "kind", manifest.kind().word(),
                                "parts", String.valueOf(manifest.parts().size()),
                                "bytes", String.valueOf(manifest.bytes()))),
                (sql, entry) -> {
                    sql.sql(
                                    "insert into deposit (id, producer, kind, content, parts, bytes, state, received, entry)"
                                            + " values (:id, :producer, :kind, :content, :parts, :bytes, 'received', :now, :entry)")
                            .param("id", manifest.deposit().value())
                            .param("producer", manifest.producer())
                            .param("kind", manifest.kind().word())
                            .param("content", content)
                            .param("parts", manifest.parts().size())
                            .param("bytes", manifest.bytes())
                            .param("now", clock.instant().toString())
                            .param("entry", entry)
                            .update();
                    Deliveries.take(sql, manifest);
                    return true;
                });
        return require(manifest.deposit());
    }

    /**
     * Says whether an envelope would be taken, before its identities are given to their zone; reads the manifest alone.
     *
     * @throws ProblemException as {@link #receive}
     */
    public void admit(Actor manager, Path envelope) {
        manager.require(Role.DATA_MANAGER);
        Manifest manifest = Manifest.read(Shelves.manifest(envelope));
        check(manager, manifest, contentMac(manifest));
    }

    /** Under a key, so that the database alone does not tell whether two hubs hold the same files. */
    private String contentMac(Manifest manifest) {
        String content = manifest.content().orElse(manifest.deposit().value());
        return HexFormat.of()
                .formatHex(keys.mac(Keys.PEOPLE, ("deposit content|" + content).getBytes(StandardCharsets.US_ASCII)));
    }

    private void check(Actor manager, Manifest manifest, String content) {
        if (manifest.zone() != Zone.HEALTH) {
            throw Problem.of(ProblemCode.DEPOSIT_MANIFEST)
                    .expected(Phrase.AN_ENVELOPE_FOR_HEALTH)
                    .found(Phrase.ONE_FOR_THE_ZONE.with(manifest.zone().word()))
                    .at(Place.file(Manifest.FILE))
                    .exception();
        }
        if (find(manifest.producer(), manifest.kind()).isEmpty()) {
            throw refused(
                    manager,
                    manifest,
                    Problem.of(ProblemCode.PRODUCER_UNKNOWN)
                            .found(manifest.producer())
                            .with("kind", manifest.kind().word()));
        }
        reasonAgainst(manifest.producer()).ifPresent(reason -> {
            throw refused(manager, manifest, reason);
        });
        deliveries.requireOwnKey(manifest);
        list().stream()
                .filter(each -> each.id().equals(manifest.deposit()))
                .findFirst()
                .map(Deposited::id)
                .or(() -> withContent(content))
                .ifPresent(earlier -> {
                    throw Problem.of(ProblemCode.DEPOSIT_DUPLICATE)
                            .expected(Phrase.FILES_THAT_ARE_NOT_HERE)
                            .found(earlier)
                            .exception();
                });
    }

    private ProblemException refused(Actor manager, Manifest manifest, Problem problem) {
        if (problem.code().kind() == ProblemKind.REFUSAL) {
            journal.enter(
                    Entry.of("deposit-refused", manager.account().value(), "deposit/" + manifest.deposit())
                            .result(problem.code().name()),
                    (_, _) -> true);
        }
        return problem.exception();
    }

    private Optional<DepositId> withContent(String content) {
        return control
                .read(sql -> sql.sql("select id from deposit where content = :content and state <> 'withdrawn'")
                        .param("content", content)
                        .query(String.class)
                        .list())
                .stream()
                .map(DepositId::new)
                .findFirst();
    }

    private record DepositRow(
            String id,
            String producer,
            String kind,
            long parts,
            long bytes,
            String state,
            String received,
            long logIndex) {}

    /** All deposits, the oldest first. One whose entry is not in the log is not seen. */
    public List<Deposited> list() {
        return control
                .read(sql -> sql.sql(
                                "select d.id, d.producer, d.kind, d.parts, d.bytes, d.state, d.received, j.log_index"
                                        + " from deposit d join journal_entry j on j.id = d.entry"
                                        + " where j.log_index is not null order by d.received, d.id")
                        .query(DepositRow.class)
                        .list())
                .stream()
                .map(row -> new Deposited(
                        new DepositId(row.id()),
                        row.producer(),
                        kind(row.kind()),
                        row.parts(),
                        row.bytes(),
                        Deposited.State.valueOf(row.state().toUpperCase(Locale.ROOT)),
                        Instant.parse(row.received()),
                        row.logIndex()))
                .toList();
    }

    public Deposited require(DepositId id) {
        return list().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND)
                        .with("what", "deposit")
                        .found(id)
                        .exception());
    }

    /** Those that wait for an edition. */
    public List<Deposited> waiting() {
        return list().stream()
                .filter(each -> each.state() == Deposited.State.RECEIVED)
                .toList();
    }

    /**
     * The parts of a deposit. Their data keys are asked of the custodian once, all together; content is decrypted while it is read. To
     * be called within an act that the log has begun.
     *
     * @throws ProblemException {@code SEAL_BROKEN}, here or while content is read
     */
    public List<DepositedTable> open(DepositId id) {
        requireState(id);
        Path shelf = shelves.of(id);
        Manifest manifest = Manifest.read(Shelves.manifest(shelf));
        List<SealedPart> parts = manifest.parts().stream()
                .map(part -> SealedPart.of(shelf, manifest, part))
                .toList();
        List<byte[]> dataKeys = keys.unwrapAll(
                deliveries.keyOf(id),
                parts.stream()
                        .map(part -> new WrappedKey(part.sealedKey(), part.info()))
                        .toList());
        List<DepositedTable> tables = new ArrayList<>();
        for (int index = 0; index < parts.size(); index++) {
            tables.add(table(manifest, manifest.parts().get(index).bytes(), parts.get(index), dataKeys.get(index)));
        }
        return tables;
    }

    private static DepositedTable table(Manifest manifest, long bytes, SealedPart part, byte[] dataKey) {
        SealedPart.Opened first = part.open(dataKey);
        TableLine table = first.table();
        try {
            first.content().close();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new DepositedTable(
                manifest.deposit(),
                manifest.producer(),
                manifest.kind(),
                table.table(),
                table.delimiter(),
                bytes,
                () -> part.open(dataKey).content());
    }

    /**
     * Says that they are in an edition, in the transaction that enters it: whoever sees the edition sees no deposit of it waiting, whatever
     * crashes between. Their parts are still there; {@link #free} comes after.
     */
    public void consume(JdbcClient sql, List<DepositId> ids) {
        ids.forEach(id -> change(sql, id, Deposited.State.CONSUMED));
    }

    /** Destroys the parts of deposits that are done with; {@link #recover} does it after a crash. */
    public void free(List<DepositId> ids) {
        ids.forEach(shelves::free);
    }

    /** Takes a deposit back before it is in an edition: its parts and its key are destroyed, and the same files may come again. */
    public void withdraw(Actor manager, DepositId id) {
        manager.require(Role.DATA_MANAGER);
        requireState(id);
        try {
            journal.enter(
                    Entry.of("deposit-withdrawn", manager.account().value(), "deposit/" + id),
                    (sql, _) -> change(sql, id, Deposited.State.WITHDRAWN));
        } finally {
            // The change may hold although its entry waits for the log; destroying does not wait for the next act.
            if (require(id).state() == Deposited.State.WITHDRAWN) {
                forgetTakenBack(List.of(id));
            }
        }
    }

    /** Says that those of these deposits which wait are withdrawn, in the transaction that enters it. */
    public void withdraw(JdbcClient sql, List<DepositId> ids) {
        ids.forEach(id -> sql.sql("update deposit set state = 'withdrawn' where id = :id and state = 'received'")
                .param("id", id.value())
                .update());
    }

    /** Destroys the parts of deposits that were taken back, and the keys of their deliveries; {@link #recover} does it after a crash. */
    public void forgetTakenBack(List<DepositId> ids) {
        free(ids);
        deliveries.destroyTakenBack();
    }

    /** From waiting to done with; fails, and the transaction with it, when somebody was quicker. */
    private static boolean change(JdbcClient sql, DepositId id, Deposited.State state) {
        int changed = sql.sql("update deposit set state = :state where id = :id and state = 'received'")
                .param("state", state.word())
                .param("id", id.value())
                .update();
        if (changed != 1) {
            throw Problem.of(ProblemCode.DEPOSIT_STATE)
                    .with("deposit", id)
                    .expected(Deposited.State.RECEIVED.word())
                    .found(Phrase.ANOTHER_STATE)
                    .exception();
        }
        return true;
    }

    private void requireState(DepositId id) {
        Deposited.State state = require(id).state();
        if (state != Deposited.State.RECEIVED) {
            throw Problem.of(ProblemCode.DEPOSIT_STATE)
                    .with("deposit", id)
                    .expected(Deposited.State.RECEIVED.word())
                    .found(state.word())
                    .exception();
        }
    }

    /** Frees the parts that a crash left behind of deposits that are done with, and destroys the keys of those that were taken back. */
    public void recover() {
        forgetTakenBack(list().stream()
                .filter(each -> each.state() != Deposited.State.RECEIVED)
                .map(Deposited::id)
                .toList());
    }
}
