package org.vauban.producer;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vauban.control.ControlPlane;
import org.vauban.control.RandomName;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.desk.Deposited;
import org.vauban.desk.Deposits;
import org.vauban.desk.Producer;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.omop.EditionId;
import org.vauban.people.AccountId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Permit;
import org.vauban.permit.PermitId;
import org.vauban.permit.Permits;
import org.vauban.permit.ProjectId;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** Producers after they gave: what was read of their rows, and what they take back. Who may give is the desk's: {@link Deposits}. */
public final class Producers {
    private static final Set<Role> SEE_ALL_WITHDRAWALS = Set.of(Role.AUDITOR, Role.DATA_MANAGER, Role.COMMITTEE_MEMBER);

    private final ControlPlane control;
    private final Journal journal;
    private final Deposits deposits;
    private final Permits permits;
    private final Clock clock;

    public Producers(ControlPlane control, Journal journal, Deposits deposits, Permits permits, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.deposits = deposits;
        this.permits = permits;
        this.clock = clock;
    }

    /** Puts on record that somebody speaks for a producer; that person's account must have the role besides. */
    public void represent(Actor manager, String producer, AccountId account) {
        manager.require(Role.DATA_MANAGER);
        if (deposits.producers().stream().noneMatch(each -> each.name().equals(producer))) {
            throw notFound("producer", producer);
        }
        journal.enter(
                Entry.of("producer-represented", manager.account().value(), "producer/" + producer)
                        .body(Map.of("account", account.value())),
                (sql, entry) -> sql.sql("insert into producer_person (producer, account, entry)"
                                + " values (:producer, :account, :entry) on conflict do nothing")
                        .param("producer", producer)
                        .param("account", account.value())
                        .param("entry", entry)
                        .update());
    }

    /** The producers whose rows an actor may follow: those that they speak for; for auditors, all. */
    public List<String> followed(Actor actor) {
        if (actor.roles().contains(Role.AUDITOR)) {
            return deposits.producers().stream().map(Producer::name).toList();
        }
        return actor.roles().contains(Role.PRODUCER) ? spokenFor(actor) : List.of();
    }

    /** What became of a producer's rows; for those who speak for it, and auditors. Others are told that there is no such producer. */
    public Uses uses(Actor actor, String producer) {
        if (!actor.roles().contains(Role.AUDITOR)) {
            requireSpeaksFor(actor, producer);
        }
        return new Uses(producer, deliveries(producer), analyses(producer));
    }

    private List<Delivered> deliveries(String producer) {
        return deposits.list().stream()
                .filter(deposit -> deposit.producer().equals(producer))
                .map(deposit -> new Delivered(
                        deposit.id(),
                        deposit.received(),
                        deposit.state(),
                        names(
                                "select x.edition from edition_deposit x where x.deposit = :value order by x.edition",
                                deposit.id().value(),
                                EditionId::new),
                        deposit.state() == Deposited.State.WITHDRAWN || isTakenBack(deposit.id())))
                .toList();
    }

    private boolean isTakenBack(DepositId deposit) {
        return !names(
                        "select withdrawal from deposit_taken_back where deposit = :value",
                        deposit.value(),
                        Function.identity())
                .isEmpty();
    }

    /** The log says it: of each analysis that was begun on an edition with rows of the producer, where its beginning stands. */
    private List<Use> analyses(String producer) {
        record Row(long entry, String edition, long logIndex) {}
        return control
                .read(sql -> sql.sql("select distinct a.entry, a.edition, j.log_index from analysis a"
                                + " join edition_deposit x on x.edition = a.edition join deposit d on d.id = x.deposit"
                                + " join journal_entry j on j.id = a.entry"
                                + " where d.producer = :producer and j.log_index is not null order by j.log_index")
                        .param("producer", producer)
                        .query(Row.class)
                        .list())
                .stream()
                .map(row -> use(journal.beginning(row.entry()), new EditionId(row.edition())))
                .toList();
    }

    private static Use use(Journal.Beginning begun, EditionId edition) {
        return new Use(begun.at(), new ProjectId(begun.object()), edition, QueryClass.of(begun.said()), begun.index());
    }

    /**
     * Takes back one delivery, or everything that a producer gave and might still give: it is in no later edition, editions that hold rows of
     * it are closed for new permits, and the keys of its deliveries are destroyed. What becomes of permits in force {@link #decide somebody
     * else decides}.
     *
     * @param reason as the producer words it
     */
    public Withdrawal withdraw(Actor actor, String producer, Optional<DepositId> delivery, String reason) {
        requireSpeaksFor(actor, producer);
        List<DepositId> concerned = deposits.list().stream()
                .filter(deposit -> deposit.producer().equals(producer))
                .map(Deposited::id)
                .filter(id -> delivery.isEmpty() || delivery.get().equals(id))
                .toList();
        if (delivery.isPresent() && concerned.isEmpty()) {
            throw notFound("deposit", delivery.get());
        }
        var id = new WithdrawalId(RandomName.id('w'));
        journal.enter(
                Entry.of(
                                "producer-withdrew",
                                actor.account().value(),
                                delivery.map(one -> "deposit/" + one).orElse("producer/" + producer))
                        .body(Map.of("withdrawal", id.value(), "reason", reason)),
                (sql, entry) -> {
                    deposits.withdraw(sql, concerned);
                    return sql.sql("insert into withdrawal (id, producer, deposit, asked, asked_by, entry)"
                                    + " values (:id, :producer, :deposit, :now, :actor, :entry)")
                            .param("id", id.value())
                            .param("producer", producer)
                            .param("deposit", delivery.map(DepositId::value).orElse(null))
                            .param("now", clock.instant().toString())
                            .param("actor", actor.account().value())
                            .param("entry", entry)
                            .update();
                });
        deposits.forgetTakenBack(concerned);
        return require(id);
    }

    /** What was taken back, the oldest first: for the committee, data managers and auditors all of it, for those who speak for producers theirs. */
    public List<Withdrawal> withdrawals(Actor actor) {
        if (seesAll(actor)) {
            return list();
        }
        actor.require(Role.PRODUCER);
        return seen(actor);
    }

    /** The same for whoever asks: nothing for those who may see none. */
    public List<Withdrawal> seen(Actor actor) {
        if (seesAll(actor)) {
            return list();
        }
        List<String> own = followed(actor);
        return list().stream()
                .filter(withdrawal -> own.contains(withdrawal.producer()))
                .toList();
    }

    private static boolean seesAll(Actor actor) {
        return actor.roles().stream().anyMatch(SEE_ALL_WITHDRAWALS::contains);
    }

    /**
     * Decides, as the producer's agreement says, what becomes of permits in force that cover an edition with rows which were taken back. Once.
     *
     * @throws ProblemException {@code WITHDRAWAL_DECIDED}
     */
    public Withdrawal decide(Actor member, WithdrawalId id, Withdrawal.InForce inForce, String reason) {
        member.require(Role.COMMITTEE_MEMBER);
        require(id);
        journal.enter(
                Entry.of("withdrawal-decided", member.account().value(), id.value())
                        .result(inForce.word())
                        .body(Map.of("reason", reason)),
                (sql, entry) -> {
                    int decided = sql.sql(
                                    "update withdrawal set in_force = :inForce, decided = :now, decided_by = :member,"
                                            + " decided_entry = :entry where id = :id and in_force is null")
                            .param("inForce", inForce.word())
                            .param("now", clock.instant().toString())
                            .param("member", member.account().value())
                            .param("entry", entry)
                            .param("id", id.value())
                            .update();
                    if (decided != 1) {
                        throw Problem.of(ProblemCode.WITHDRAWAL_DECIDED)
                                .found(id)
                                .exception();
                    }
                    return decided;
                });
        return require(id);
    }

    /** Absent and not yours are one answer. */
    private void requireSpeaksFor(Actor actor, String producer) {
        actor.require(Role.PRODUCER);
        if (!spokenFor(actor).contains(producer)) {
            throw notFound("producer", producer);
        }
    }

    private List<String> spokenFor(Actor actor) {
        return names(
                "select p.producer from producer_person p join journal_entry j on j.id = p.entry"
                        + " where j.log_index is not null and p.account = :value order by p.producer",
                actor.account().value(),
                Function.identity());
    }

    private Withdrawal require(WithdrawalId id) {
        return list().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> notFound("withdrawal", id));
    }

    private List<Withdrawal> list() {
        record Row(
                String id,
                String producer,
                @Nullable String deposit,
                String asked,
                @Nullable String inForce) {}
        List<Permit> granted = permits.granted();
        return control
                .read(sql -> sql.sql(
                                "select id, producer, deposit, asked, in_force from withdrawal_seen order by asked, id")
                        .query(Row.class)
                        .list())
                .stream()
                .map(row -> {
                    List<EditionId> editions = names(
                            "select distinct x.edition from edition_deposit x"
                                    + " join deposit_taken_back t on t.deposit = x.deposit"
                                    + " where t.withdrawal = :value order by x.edition",
                            row.id(),
                            EditionId::new);
                    return new Withdrawal(
                            new WithdrawalId(row.id()),
                            row.producer(),
                            Optional.ofNullable(row.deposit()).map(DepositId::new),
                            Instant.parse(row.asked()),
                            editions,
                            covering(granted, editions),
                            Optional.ofNullable(row.inForce()).flatMap(Withdrawal.InForce::named));
                })
                .toList();
    }

    private List<PermitId> covering(List<Permit> granted, List<EditionId> editions) {
        return granted.stream()
                .filter(permit -> clock.instant().isBefore(permit.endsAt()))
                .filter(permit -> permit.terms().extent().editions().stream().anyMatch(editions::contains))
                .map(Permit::id)
                .toList();
    }

    private <T> List<T> names(String question, String value, Function<String, T> name) {
        return control
                .read(sql -> sql.sql(question)
                        .param("value", value)
                        .query(String.class)
                        .list())
                .stream()
                .map(name)
                .toList();
    }

    private static ProblemException notFound(String what, Object name) {
        return Problem.of(ProblemCode.NOT_FOUND).with("what", what).found(name).exception();
    }
}
