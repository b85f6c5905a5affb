package org.vauban.retention;

import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vauban.control.ControlPlane;
import org.vauban.control.RandomName;
import org.vauban.custody.Keys;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** The bodies of the log, month by month: how long they are kept, what keeps them longer, and how two people end them. */
public final class Retention {
    /** How long bodies are kept at least; Regulation (EU) 2025/327, article 73, asks for one year. */
    static final Period KEPT_AT_LEAST = Period.ofYears(5);

    private final ControlPlane control;
    private final Journal journal;
    private final Keys keys;
    private final Clock clock;

    public Retention(ControlPlane control, Journal journal, Keys keys, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.keys = keys;
        this.clock = clock;
    }

    /** The months of the log, the oldest first; for auditors and the committee. */
    public List<MonthOfLog> list(Actor actor) {
        requireAuditorOrMember(actor);
        return list();
    }

    /**
     * Asks for the end of a month's bodies; when somebody else has asked, decides it and carries it out. Auditors and members of the committee
     * may ask, members decide.
     *
     * @throws ProblemException {@code LOG_KEPT}, {@code LOG_HELD}, or {@code ERASURE_TWO_PEOPLE} for the second call of whoever asked, or
     *     of the session that asked
     */
    public MonthOfLog erase(Actor actor, YearMonth month) {
        requireAuditorOrMember(actor);
        MonthOfLog found = require(month);
        switch (found.state()) {
            case KEPT -> ask(actor, found);
            case ASKED -> {
                actor.require(Role.COMMITTEE_MEMBER);
                decide(actor, found);
                carryOut(month);
            }
            case DECIDED -> carryOut(month);
            case ERASED -> {}
        }
        return require(month);
    }

    /** Keeps a month's bodies until the hold is lifted, whatever was asked or decided and is not carried out yet. */
    public HoldId hold(Actor actor, YearMonth month, String reason) {
        requireAuditorOrMember(actor);
        if (require(month).state() == MonthOfLog.State.ERASED) {
            throw notFound("month of the log", month);
        }
        var id = new HoldId(RandomName.id('h'));
        journal.enter(
                Entry.of("log-held", actor.account().value(), object(month))
                        .body(Map.of("hold", id.value(), "reason", reason)),
                (sql, entry) -> sql.sql(
                                "insert into log_hold (id, month, placed, entry) values (:id, :month, :now, :entry)")
                        .param("id", id.value())
                        .param("month", month.toString())
                        .param("now", clock.instant().toString())
                        .param("entry", entry)
                        .update());
        return id;
    }

    /** Lifts a hold; a member of the committee does. What was decided before it was placed is carried out. */
    public MonthOfLog lift(Actor member, HoldId id) {
        member.require(Role.COMMITTEE_MEMBER);
        YearMonth month = list().stream()
                .filter(each -> each.holds().contains(id))
                .findFirst()
                .map(MonthOfLog::month)
                .orElseThrow(() -> notFound("hold", id));
        journal.enter(
                Entry.of("log-hold-lifted", member.account().value(), object(month))
                        .body(Map.of("hold", id.value())),
                (sql, entry) -> sql.sql("update log_hold set lifted = :now, lifted_entry = :entry where id = :id")
                        .param("now", clock.instant().toString())
                        .param("entry", entry)
                        .param("id", id.value())
                        .update());
        recover();
        return require(month);
    }

    /** Carries out what two people had decided before the hub stopped, unless a hold came between. */
    public void recover() {
        list().stream()
                .filter(month -> month.state() == MonthOfLog.State.DECIDED
                        && month.holds().isEmpty())
                .forEach(month -> carryOut(month.month()));
    }

    private void ask(Actor actor, MonthOfLog month) {
        reasonAgainst(month).ifPresent(reason -> {
            throw refused(actor, month, reason);
        });
        journal.enter(
                Entry.of("log-erasure-asked", actor.account().value(), object(month.month())),
                (sql, entry) -> sql.sql("insert into log_erasure (month, asked, asked_by, asked_session, asked_entry)"
                                + " values (:month, :now, :actor, :session, :entry)")
                        .param("month", month.month().toString())
                        .param("now", clock.instant().toString())
                        .param("actor", actor.account().value())
                        .param("session", actor.session())
                        .param("entry", entry)
                        .update());
    }

    private void decide(Actor actor, MonthOfLog month) {
        reasonAgainst(month).or(() -> reasonAgainst(actor, month)).ifPresent(reason -> {
            throw refused(actor, month, reason);
        });
        journal.enter(Entry.of("log-erasure-decided", actor.account().value(), object(month.month())), (sql, entry) -> {
            if (!holds(sql, month.month()).isEmpty()) {
                throw held(month.month()).exception();
            }
            int decided = sql.sql("update log_erasure set decided = :now, decided_by = :actor, decided_entry = :entry"
                            + " where month = :month and decided is null")
                    .param("month", month.month().toString())
                    .param("now", clock.instant().toString())
                    .param("actor", actor.account().value())
                    .param("entry", entry)
                    .update();
            if (decided != 1) {
                // Somebody else was quicker, and is carrying it out.
                throw notFound("month of the log", month.month());
            }
            return decided;
        });
    }

    /** May be done again after a crash: a destroyed key stays destroyed. One at a time, so that there is one entry. */
    private synchronized void carryOut(YearMonth month) {
        MonthOfLog found = require(month);
        if (found.state() == MonthOfLog.State.ERASED) {
            return;
        }
        if (!found.holds().isEmpty()) {
            throw held(month).exception();
        }
        keys.destroyOfLog(month);
        journal.enter(
                Entry.of("log-bodies-erased", "hub", object(month)),
                (sql, entry) -> sql.sql("update log_erasure set erased = :now, erased_entry = :entry"
                                + " where month = :month and erased is null")
                        .param("now", clock.instant().toString())
                        .param("entry", entry)
                        .param("month", month.toString())
                        .update());
    }

    private Optional<Problem> reasonAgainst(MonthOfLog month) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.isAfter(month.keptUntil())) {
            return Optional.of(
                    Problem.of(ProblemCode.LOG_KEPT).expected(month.keptUntil()).found(month.month()));
        }
        return month.holds().isEmpty() ? Optional.empty() : Optional.of(held(month.month()));
    }

    private Optional<Problem> reasonAgainst(Actor actor, MonthOfLog month) {
        record Asked(String askedBy, String askedSession) {}
        Asked asked =
                control.read(sql -> sql.sql("select asked_by, asked_session from log_erasure_seen where month = :month")
                        .param("month", month.month().toString())
                        .query(Asked.class)
                        .single());
        boolean isTheSame = asked.askedBy().equals(actor.account().value())
                || asked.askedSession().equals(actor.session());
        return isTheSame
                ? Optional.of(Problem.of(ProblemCode.ERASURE_TWO_PEOPLE).found(month.month()))
                : Optional.empty();
    }

    private RuntimeException refused(Actor actor, MonthOfLog month, Problem reason) {
        journal.enter(
                Entry.of("log-erasure-refused", actor.account().value(), object(month.month()))
                        .result(reason.code().name()),
                (_, _) -> true);
        return reason.exception();
    }

    private static Problem held(YearMonth month) {
        return Problem.of(ProblemCode.LOG_HELD).found(month);
    }

    private static String object(YearMonth month) {
        return "log/" + month;
    }

    private MonthOfLog require(YearMonth month) {
        return list().stream()
                .filter(each -> each.month().equals(month))
                .findFirst()
                .orElseThrow(() -> notFound("month of the log", month));
    }

    private List<MonthOfLog> list() {
        record Row(
                String month,
                long entries,
                @Nullable String asked,
                @Nullable String decided,
                @Nullable String erased) {}
        return control.read(sql -> sql
                .sql("select j.month, count(*) as entries, min(x.month) as asked,"
                        + " min(x.decided) as decided, min(x.erased) as erased"
                        + " from journal_entry j left join log_erasure_seen x on x.month = j.month"
                        + " where j.month is not null and j.log_index is not null"
                        + " group by j.month order by j.month")
                .query(Row.class)
                .list()
                .stream()
                .map(row -> new MonthOfLog(
                        YearMonth.parse(row.month()),
                        row.entries(),
                        YearMonth.parse(row.month()).atEndOfMonth().plus(KEPT_AT_LEAST),
                        state(row.asked(), row.decided(), row.erased()),
                        holds(sql, YearMonth.parse(row.month()))))
                .toList());
    }

    private static MonthOfLog.State state(@Nullable String asked, @Nullable String decided, @Nullable String erased) {
        if (erased != null) {
            return MonthOfLog.State.ERASED;
        }
        if (decided != null) {
            return MonthOfLog.State.DECIDED;
        }
        return asked != null ? MonthOfLog.State.ASKED : MonthOfLog.State.KEPT;
    }

    private static List<HoldId> holds(JdbcClient sql, YearMonth month) {
        return sql
                .sql("select id from log_hold_seen where month = :month order by placed, id")
                .param("month", month.toString())
                .query(String.class)
                .list()
                .stream()
                .map(HoldId::new)
                .toList();
    }

    private static void requireAuditorOrMember(Actor actor) {
        if (!actor.roles().contains(Role.AUDITOR)) {
            actor.require(Role.COMMITTEE_MEMBER);
        }
    }

    private static ProblemException notFound(String what, Object name) {
        return Problem.of(ProblemCode.NOT_FOUND).with("what", what).found(name).exception();
    }
}
