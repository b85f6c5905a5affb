package org.vauban.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vauban.body.Bodies;
import org.vauban.control.ControlPlane;
import org.vauban.custodian.KeyName;
import org.vauban.custody.Keys;
import org.vauban.ledger.entry.Commitment;
import org.vauban.ledger.entry.Header;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.ledger.entry.Phase;
import org.vauban.ledger.log.LogDamagedException;
import org.vauban.ledger.log.LogUnwritableException;
import org.vauban.ledger.log.TileLog;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.Signer;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.policy.Policy;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The hub's writer of the log.
 *
 * <p>An entry goes through three states. <em>Pending</em>: committed in the control plane together with the change it tells of.
 * <em>Sequenced</em>: in the log's tiles under a signed checkpoint, its index written back. <em>Void</em>: an act that could not be begun
 * because the log refused it. What an entry without an index changed is not
 * seen by anybody who asks; what was there before it is.
 *
 * <p>Why not append first and commit then: a crash between the two would leave an entry about something that never happened. This
 * way round, a crash leaves something that grants nothing until its entry stands in the log.
 *
 * <p>Where a policy names witnesses, each new checkpoint is sent to them. Acts do not wait for their answers; what must be beyond the
 * operator's reach before it has effect, a grant and a release, asks {@link #requireQuorum}.
 */
public final class Journal implements AutoCloseable {
    private static final String BODY = "journal";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** More than any append of one act needs; a disk that cannot take it is as good as full. */
    private static final int PROBE_BYTES = 1 << 17;

    private static final long NOTHING = Long.MAX_VALUE;

    private final ControlPlane control;
    private final Bodies bodies;
    private final Path folder;
    private final Keys keys;
    private final VerifierKey key;
    private final Clock clock;
    private final Witnesses witnesses;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock sequencing = new ReentrantLock();
    private Optional<TileLog> log = Optional.empty();
    /** Which opening of the control plane the log was compared with. */
    private volatile long openings;

    private Runnable finish = () -> {};
    /** The month whose key is known to be there. */
    private @Nullable YearMonth keyed;
    /** A change is committed whose entry the log did not take: what follows from it is still to be done. */
    private volatile boolean interrupted;
    /** The lowest index whose entry has no effect yet because too few witnesses have cosigned it. */
    private final AtomicLong waitingFor = new AtomicLong(NOTHING);

    /**
     * The journal over a folder of tiles. Neither the log nor a key is touched before the first entry.
     *
     * @param policy which witnesses must have cosigned an entry that waits for them, and where they are asked
     */
    public Journal(
            ControlPlane control, Bodies bodies, Path folder, Keys keys, VerifierKey key, Policy policy, Clock clock) {
        this.control = control;
        this.bodies = bodies;
        this.folder = folder;
        this.keys = keys;
        this.key = key;
        this.clock = clock;
        this.witnesses = new Witnesses(policy, clock);
        this.openings = control.openings();
    }

    /** The name of a hub's log, which is also the name of its key. */
    public static String origin(String hubId) {
        return "vauban.hub/" + hubId;
    }

    /**
     * Enters something that is complete in one entry, and makes the change it tells of. Both are durable, and the entry is in the
     * log, when this returns.
     *
     * @param change the change, given the entry's number for the rows that depend on it
     */
    public <T> T enter(Entry entry, BiFunction<JdbcClient, Long, T> change) {
        return write(entry, new Phase.Entered(entry.result()), entry.body(), change)
                .value();
    }

    /** Begins an act: when this returns the log says so durably, and data may be touched. */
    public Act begin(Entry entry) {
        Written<Boolean> written = write(entry, new Phase.Begun(), entry.body(), (_, _) -> true);
        return new Act(written.entry(), written.index(), entry);
    }

    /**
     * Concludes an act and makes the change it ends with.
     *
     * @return the index in the log
     */
    public <T> long conclude(Act act, String result, Map<String, String> body, BiFunction<JdbcClient, Long, T> change) {
        Entry subject = act.subject();
        return conclude(
                act,
                new Entry(
                        subject.act(),
                        subject.actor(),
                        subject.object(),
                        subject.permit(),
                        subject.purpose(),
                        result,
                        Optional.empty(),
                        body),
                change);
    }

    /** The same with a conclusion that says more than its beginning, such as what came to be. */
    public <T> long conclude(Act act, Entry conclusion, BiFunction<JdbcClient, Long, T> change) {
        return write(conclusion, new Phase.Concluded(act.index(), conclusion.result()), conclusion.body(), change)
                .index();
    }

    /**
     * Does something while no act is begun, concluded or entered.
     *
     * @param work is given the number of entries
     */
    public <T> T still(LongFunction<T> work) {
        sequencing.lock();
        try {
            return work.apply(opened().size());
        } finally {
            sequencing.unlock();
        }
    }

    /** What was said when acts of one kind were begun under a permit, the oldest first; without those whose bodies were erased. */
    public List<Map<String, String>> begunUnder(String permit, String act) {
        record Row(String entry, String body, @Nullable String month) {}
        return control
                .read(sql -> sql.sql("select entry, body, month from journal_entry where act = :act and phase = 'begun'"
                                + " and log_index is not null order by id")
                        .param("act", act)
                        .query(Row.class)
                        .list())
                .stream()
                .filter(row ->
                        header(row.entry()).permit().filter(permit::equals).isPresent())
                .flatMap(row -> words(row.body(), row.month()).stream())
                .toList();
    }

    /**
     * The beginning of an act, as the log has it.
     *
     * @param object what it was about
     * @param said what was sealed with it, unless it was erased
     */
    public record Beginning(Instant at, String object, long index, Optional<Map<String, String>> said) {}

    /** What was entered under a number of the control plane's. */
    public Beginning beginning(long entry) {
        record Row(String entry, String body, @Nullable String month, long logIndex) {}
        Row row = control.read(sql -> sql.sql("select entry, body, month, log_index from journal_entry where id = :id")
                .param("id", entry)
                .query(Row.class)
                .single());
        Header header = header(row.entry());
        return new Beginning(
                header.time(), header.object().orElseThrow(), row.logIndex(), words(row.body(), row.month()));
    }

    /** What was said when the act began that this entry concludes. */
    public Optional<Map<String, String>> saidAtTheBeginningOf(long conclusion) {
        Header header = header(control.read(sql -> sql.sql("select entry from journal_entry where id = :id")
                .param("id", conclusion)
                .query(String.class)
                .single()));
        record Row(String body, @Nullable String month) {}
        return header.phase() instanceof Phase.Concluded concluded
                ? control.read(sql -> sql.sql("select body, month from journal_entry where log_index = :index")
                                .param("index", concluded.begun())
                                .query(Row.class)
                                .optional())
                        .flatMap(row -> words(row.body(), row.month()))
                : Optional.empty();
    }

    private static Header header(String entry) {
        return LogEntry.parse(entry.getBytes(StandardCharsets.UTF_8)).header();
    }

    private Optional<Map<String, String>> words(String sealed, @Nullable String month) {
        if (month != null && isErased(month)) {
            return Optional.empty();
        }
        byte[] salted = month == null
                ? bodies.openBytes(BODY, sealed)
                : bodies.openBytes(Keys.ofLog(YearMonth.parse(month)), BODY, sealed);
        return Optional.of(
                JSON.readValue(salted, Commitment.LENGTH, salted.length - Commitment.LENGTH, new TypeReference<>() {}));
    }

    private boolean isErased(String month) {
        return control.read(sql -> sql.sql(
                                "select count(*) from log_erasure_seen where month = :month and erased is not null")
                        .param("month", month)
                        .query(Long.class)
                        .single())
                > 0;
    }

    /** The last checkpoint, as outsiders get it. */
    public SignedCheckpoint checkpoint() {
        return opened().checkpoint();
    }

    /** The open log, for proofs. */
    public TileLog tiles() {
        return opened();
    }

    /**
     * Whether the entry at this index stands under a checkpoint that as many witnesses cosigned as the policy asks for. If not yet, they
     * are asked now; and what still waits then is finished by {@link #settle} as soon as they have answered.
     */
    public boolean isWitnessed(long index) {
        if (witnesses.askedForNone()) {
            return true;
        }
        TileLog tiles = opened();
        try {
            boolean witnessed = witnesses.cover(tiles, index);
            if (!witnessed) {
                waitingFor.accumulateAndGet(index, Math::min);
            }
            return witnessed;
        } catch (LogUnwritableException refused) {
            throw unwritable(refused);
        }
    }

    /**
     * Lets an entry take effect that the policy wants witnessed, or refuses. Whoever asks has the entry in the log already: nothing has to
     * be decided again, and it takes effect once the witnesses have answered.
     */
    public void requireQuorum(long index) {
        Optional<Problem> missing = quorumMissing(index);
        if (missing.isPresent()) {
            throw missing.get().exception();
        }
    }

    /** Why the entry at this index has no effect yet, if it has none. */
    public Optional<Problem> quorumMissing(long index) {
        return isWitnessed(index)
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.NOT_WITNESSED)
                        .with("index", index)
                        .expected(witnesses.asked())
                        .found(witnesses.found()));
    }

    /**
     * Says how an interrupted act is finished. A log that refused an entry may take it with the next one; what follows from it, such as the
     * switch that shows an edition, must not wait for a restart then.
     */
    public void finishBeforeTheNextAct(Runnable recovery) {
        finish = recovery;
    }

    /**
     * Finishes an act whose entry the log did not take, if it takes it now, and those that waited for witnesses, if enough have answered.
     * Does nothing when there is none.
     */
    public void settle() {
        lookAgain();
        long waiting = waitingFor.get();
        if (waiting != NOTHING && isWitnessed(waiting)) {
            waitingFor.set(NOTHING);
            interrupted = true;
        }
        if (interrupted) {
            sequencing.lock();
            try {
                finishWhatWasInterrupted();
            } finally {
                sequencing.unlock();
            }
        }
    }

    private void finishWhatWasInterrupted() {
        if (interrupted) {
            interrupted = false;
            boolean finished = false;
            try {
                finish.run();
                finished = true;
            } finally {
                interrupted = !finished;
            }
        }
    }

    /** Finishes what a crash interrupted: pending entries are sequenced, none missing and none double. */
    public void recover() {
        sequencing.lock();
        try {
            opened();
            sequence();
        } catch (LogUnwritableException refused) {
            throw unwritable(refused);
        } finally {
            sequencing.unlock();
        }
    }

    private record Written<T>(long entry, long index, T value) {}

    private <T> Written<T> write(
            Entry entry, Phase phase, Map<String, String> words, BiFunction<JdbcClient, Long, T> change) {
        sequencing.lock();
        try {
            lookAgain();
            opened();
            requireSpace();
            finishWhatWasInterrupted();
            byte[] body = JSON.writeValueAsBytes(new TreeMap<>(words));
            byte[] salt = Commitment.newSalt(random);
            Header header = header(entry, phase);
            byte[] encoded = new LogEntry(header, Commitment.of(salt, body)).encode();
            YearMonth month = YearMonth.from(header.time().atZone(ZoneOffset.UTC));
            String sealed = bodies.sealBytes(
                    keyOf(month),
                    BODY,
                    ByteBuffer.allocate(salt.length + body.length)
                            .put(salt)
                            .put(body)
                            .array());
            var number = new long[1];
            T value = control.change(sql -> {
                number[0] = insert(sql, entry.act(), phase, encoded, sealed, month);
                return change.apply(sql, number[0]);
            });
            try {
                sequence();
            } catch (LogUnwritableException refused) {
                if (phase instanceof Phase.Begun) {
                    control.change(sql -> sql.sql(
                                    "update journal_entry set state = 'void' where id = :id and log_index is null")
                            .param("id", number[0])
                            .update());
                } else {
                    interrupted = true;
                }
                throw unwritable(refused);
            }
            long index = control.read(sql -> sql.sql("select log_index from journal_entry where id = :id")
                    .param("id", number[0])
                    .query(Long.class)
                    .single());
            if (index >= opened().size()) {
                throw new IllegalStateException("An entry has an index beyond the end of the log");
            }
            return new Written<>(number[0], index, value);
        } finally {
            sequencing.unlock();
        }
    }

    private Header header(Entry entry, Phase phase) {
        Header header =
                Header.of(clock.instant(), entry.act(), phase, entry.actor()).on(entry.object());
        if (entry.permit().isPresent() && entry.purpose().isPresent()) {
            header = header.under(entry.permit().get(), entry.purpose().get());
        }
        return entry.inputs().map(header::over).orElse(header);
    }

    private static long insert(JdbcClient sql, String act, Phase phase, byte[] encoded, String body, YearMonth month) {
        long id = sql.sql("select coalesce(max(id), 0) + 1 from journal_entry")
                .query(Long.class)
                .single();
        sql.sql("insert into journal_entry (id, act, phase, entry, body, month, state)"
                        + " values (:id, :act, :phase, :entry, :body, :month, 'pending')")
                .param("id", id)
                .param("act", act)
                .param(
                        "phase",
                        switch (phase) {
                            case Phase.Begun _ -> "begun";
                            case Phase.Concluded _ -> "concluded";
                            case Phase.Entered _ -> "entered";
                        })
                .param("entry", new String(encoded, StandardCharsets.UTF_8))
                .param("body", body)
                .param("month", month.toString())
                .update();
        return id;
    }

    /** The key that seals what is said this month: destroyed one day, when nobody needs to know any more. */
    private KeyName keyOf(YearMonth month) {
        if (!month.equals(keyed)) {
            keys.createOfLog(month);
            keyed = month;
        }
        return Keys.ofLog(month);
    }

    private record Pending(long id, String entry) {}

    /** Moves pending entries into the log, in the order of their commits, and writes their indexes back. */
    private void sequence() {
        lookAgain();
        TileLog tiles = opened();
        List<Pending> pending = unsequenced("state = 'pending'");
        if (pending.isEmpty()) {
            return;
        }
        long first = tiles.append(pending.stream()
                .map(each -> each.entry().getBytes(StandardCharsets.UTF_8))
                .toList());
        writeBack(pending, first);
        witnesses.askSoon(tiles);
    }

    /**
     * After a database server was away nobody knows which of the last commits it kept, and whether an index was written back: log and control
     * plane are compared again, as at a start, before anything is appended, and what was interrupted is finished.
     */
    private void lookAgain() {
        long now = control.openings();
        if (now == openings) {
            return;
        }
        sequencing.lock();
        try {
            if (now != openings) {
                log.ifPresent(TileLog::close);
                log = Optional.empty();
                openings = now;
                interrupted = true;
            }
        } finally {
            sequencing.unlock();
        }
    }

    private List<Pending> unsequenced(String condition) {
        return control.read(sql -> sql.sql(
                        "select id, entry from journal_entry where log_index is null and " + condition + " order by id")
                .query(Pending.class)
                .list());
    }

    private void writeBack(List<Pending> entries, long first) {
        control.change(sql -> {
            for (int offset = 0; offset < entries.size(); offset++) {
                sql.sql("update journal_entry set state = 'sequenced', log_index = :index where id = :id")
                        .param("index", first + offset)
                        .param("id", entries.get(offset).id())
                        .update();
            }
            return true;
        });
    }

    private TileLog opened() {
        sequencing.lock();
        try {
            if (log.isEmpty()) {
                TileLog tiles = TileLog.open(folder, key.name(), new CustodianSigner());
                reconcile(tiles);
                log = Optional.of(tiles);
            }
            return log.get();
        } catch (LogUnwritableException refused) {
            throw unwritable(refused);
        } catch (LogDamagedException damaged) {
            throw Problem.of(ProblemCode.LEDGER_BROKEN)
                    .found(String.valueOf(damaged.getMessage()))
                    .exception(damaged);
        } finally {
            sequencing.unlock();
        }
    }

    /** After a crash the log may be ahead of the control plane by entries whose index was not written back. */
    private void reconcile(TileLog tiles) {
        long known = control.read(sql -> sql.sql("select coalesce(max(log_index), -1) + 1 from journal_entry")
                .query(Long.class)
                .single());
        if (tiles.size() < known) {
            throw Problem.of(ProblemCode.LEDGER_BROKEN)
                    .found(Phrase.THE_LOG_HAS.with(tiles.size(), known))
                    .exception();
        }
        List<Pending> candidates = unsequenced("state in ('pending', 'void')");
        List<Pending> sequenced = new ArrayList<>();
        int next = 0;
        for (long index = known; index < tiles.size(); index++) {
            String entry = new String(tiles.read(index), StandardCharsets.UTF_8);
            while (next < candidates.size() && !candidates.get(next).entry().equals(entry)) {
                next++;
            }
            if (next == candidates.size()) {
                throw Problem.of(ProblemCode.LEDGER_BROKEN)
                        .found(Phrase.AN_UNKNOWN_ENTRY.with(index))
                        .exception();
            }
            sequenced.add(candidates.get(next++));
        }
        writeBack(sequenced, known);
    }

    /** Nothing may be committed that the log cannot take: a full or read-only disk is found before the change. */
    private void requireSpace() {
        Path probe = folder.resolve(".space");
        try {
            try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                ByteBuffer zeroes = ByteBuffer.allocate(PROBE_BYTES);
                while (zeroes.hasRemaining()) {
                    channel.write(zeroes);
                }
                channel.force(true);
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException refused) {
            throw unwritable(refused);
        }
    }

    private static ProblemException unwritable(Exception cause) {
        return Problem.of(ProblemCode.LEDGER_UNWRITABLE)
                .found(String.valueOf(cause.getMessage()))
                .exception(cause);
    }

    /** The custodian signs; the public key is known from the home's settings, so that reading needs no custodian. */
    private final class CustodianSigner implements Signer {
        @Override
        public String name() {
            return key.name();
        }

        @Override
        public byte[] publicKey() {
            return key.publicKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            return keys.sign(Keys.LEDGER, message);
        }
    }

    @Override
    public void close() {
        witnesses.close();
        sequencing.lock();
        try {
            log.ifPresent(TileLog::close);
            log = Optional.empty();
        } finally {
            sequencing.unlock();
        }
    }
}
