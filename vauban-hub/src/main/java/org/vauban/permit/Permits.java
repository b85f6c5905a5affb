package org.vauban.permit;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.vauban.body.Bodies;
import org.vauban.control.ControlPlane;
import org.vauban.control.RandomName;
import org.vauban.custody.Keys;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.people.AccountId;
import org.vauban.people.Actor;
import org.vauban.people.People;
import org.vauban.people.Role;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.trajectory.Needs;

/** Permits from request to end. The one place that decides whether a request may read what it needs. */
public final class Permits {
    private final ControlPlane control;
    private final Journal journal;
    private final Bodies bodies;
    private final People people;
    private final Keys keys;
    private final Clock clock;
    private final Consumer<Permit> whenDecided;

    /** Permits; the register hears of every decision that the public must know. */
    public Permits(
            ControlPlane control,
            Journal journal,
            Bodies bodies,
            People people,
            Keys keys,
            Clock clock,
            Consumer<Permit> whenDecided) {
        this.control = control;
        this.journal = journal;
        this.bodies = bodies;
        this.people = people;
        this.keys = keys;
        this.clock = clock;
        this.whenDecided = whenDecided;
    }

    /**
     * The checked permit in hand, or a refusal that is explained and entered in the log. Nothing was read when this returns
     * or throws.
     */
    public Grant require(Actor actor, ProjectId project, Scope scope, Instant now) {
        Optional<Permit> permit = find(project).filter(found -> names(found.id(), actor.account()));
        if (permit.isEmpty()) {
            throw refused(
                    actor,
                    project,
                    Optional.empty(),
                    Problem.of(ProblemCode.PERMIT_REQUIRED)
                            .expected("a permit that names you, for the project " + project)
                            .found("none"));
        }
        Optional<Problem> reason = reasonAgainst(permit.get(), scope, now);
        if (reason.isPresent()) {
            throw refused(actor, project, permit, reason.get());
        }
        return granted(permit.get(), project, scope);
    }

    /** The same for a request that looks at rows; the permit must say that they may be looked at. */
    public Grant requireToExplore(Actor actor, ProjectId project, Scope scope, Instant now) {
        Grant grant = require(actor, project, scope, now);
        Permit permit = require(grant.permit());
        if (!permit.terms().explores()) {
            throw refused(
                    actor,
                    project,
                    Optional.of(permit),
                    Problem.of(ProblemCode.PERMIT_EXPLORE).with("permit", permit.id()));
        }
        return grant;
    }

    /** What a project's permit grants of some tables; nothing when there is no permit. It opens nothing: {@link #require} does. */
    public Needs grantedOf(ProjectId project, Set<CdmTable> tables) {
        return new Needs(find(project)
                .map(permit -> permit.terms().columns().stream()
                        .filter(column -> tables.contains(column.table()))
                        .collect(Collectors.toSet()))
                .orElse(Set.of()));
    }

    /** True while a permit is granted and has not ended. Cheap enough to be asked while something runs. */
    public boolean isInForce(PermitId permit, Instant now) {
        return control.read(sql -> sql.sql("select p.ends from permit_seen s join permit p on p.id = s.id"
                                + " where s.id = :permit and s.state = 'granted'")
                        .param("permit", permit.value())
                        .query(String.class)
                        .optional())
                .map(Instant::parse)
                .filter(now::isBefore)
                .isPresent();
    }

    private static Grant granted(Permit permit, ProjectId project, Scope scope) {
        return new Granted(
                permit.id(),
                project,
                scope.edition(),
                scope.needs(),
                scope.period().orElse(permit.terms().period()),
                permit.terms().purpose(),
                permit.terms().disclosureRules(),
                permit.endsAt());
    }

    private static Optional<Problem> reasonAgainst(Permit permit, Scope scope, Instant now) {
        PermitTerms terms = permit.terms();
        if (permit.state() != PermitState.GRANTED) {
            return Optional.of(Problem.of(ProblemCode.PERMIT_NOT_ACTIVE)
                    .with("permit", permit.id())
                    .found(permit.state().word()));
        }
        if (!now.isBefore(permit.endsAt())) {
            return Optional.of(Problem.of(ProblemCode.PERMIT_EXPIRED)
                    .with("permit", permit.id())
                    .found(terms.end()));
        }
        if (!terms.editions().contains(scope.edition())) {
            return Optional.of(Problem.of(ProblemCode.PERMIT_EDITION)
                    .with("permit", permit.id())
                    .found(scope.edition()));
        }
        if (scope.purpose().isPresent() && scope.purpose().get() != terms.purpose()) {
            return Optional.of(Problem.of(ProblemCode.PERMIT_PURPOSE)
                    .with("permit", permit.id())
                    .expected(terms.purpose().word())
                    .found(scope.purpose().get().word()));
        }
        if (scope.period().isPresent()
                && !terms.period().contains(scope.period().get())) {
            return Optional.of(Problem.of(ProblemCode.PERMIT_PERIOD)
                    .with("permit", permit.id())
                    .expected(terms.period())
                    .found(scope.period().get()));
        }
        return reasonAgainstColumns(permit, scope);
    }

    private static Optional<Problem> reasonAgainstColumns(Permit permit, Scope scope) {
        var granted = permit.terms().columns();
        var grantedTables = granted.stream().map(CdmColumn::table).collect(Collectors.toSet());
        var missing = scope.needs().columns().stream()
                .filter(column -> !column.table().isVocabulary() && !granted.contains(column))
                .sorted()
                .toList();
        String tables = missing.stream()
                .map(CdmColumn::table)
                .filter(table -> !grantedTables.contains(table))
                .distinct()
                .map(CdmTable::tableName)
                .collect(Collectors.joining(", "));
        if (!tables.isEmpty()) {
            return Optional.of(Problem.of(ProblemCode.PERMIT_TABLE)
                    .with("permit", permit.id())
                    .found(tables));
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.PERMIT_COLUMN)
                        .with("permit", permit.id())
                        .found(missing.stream().map(CdmColumn::qualifiedName).collect(Collectors.joining(", "))));
    }

    private RuntimeException refused(Actor actor, ProjectId project, Optional<Permit> permit, Problem reason) {
        Entry entry = Entry.of("access-refused", actor.account().value(), project.value())
                .result(reason.code().name())
                .body("reason", reason.toString());
        journal.enter(
                permit.map(found -> entry.under(
                                found.id().value(), found.terms().purpose().word()))
                        .orElse(entry),
                (_, _) -> true);
        return reason.exception();
    }

    /** Files an application. Every person it names must have an account. */
    public Permit request(Actor applicant, PermitTerms terms) {
        applicant.require(Role.RESEARCHER);
        List<AccountId> persons = terms.persons().stream()
                .map(login -> people.find(login)
                        .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND)
                                .with("what", "login")
                                .found(login)
                                .exception()))
                .toList();
        var permit = new Permit(
                new PermitId(RandomName.id('p')),
                new ProjectId(RandomName.id('s')),
                applicant.account(),
                terms,
                PermitState.REQUESTED,
                clock.instant());
        String body = bodies.seal("permit", Terms.of(terms));
        journal.enter(
                Entry.of(
                                "permit-requested",
                                applicant.account().value(),
                                permit.id().value())
                        .under(permit.id().value(), terms.purpose().word())
                        .body("title", terms.titleEnglish()),
                (sql, entry) -> {
                    sql.sql("insert into permit (id, project, applicant, body, state, ends, requested, entry)"
                                    + " values (:id, :project, :applicant, :body, 'requested', :ends, :now, :entry)")
                            .param("id", permit.id().value())
                            .param("project", permit.project().value())
                            .param("applicant", applicant.account().value())
                            .param("body", body)
                            .param("ends", permit.endsAt().toString())
                            .param("now", permit.requested().toString())
                            .param("entry", entry)
                            .update();
                    for (AccountId person : persons) {
                        sql.sql("insert into permit_person (permit, account) values (:permit, :account)"
                                        + " on conflict do nothing")
                                .param("permit", permit.id().value())
                                .param("account", person.value())
                                .update();
                    }
                    return true;
                });
        return permit;
    }

    /** Grants a permit and opens its project space. Whoever applied or is named may not decide. */
    public Permit grant(Actor member, PermitId id) {
        Permit permit = decidable(member, id);
        keys.createOfProject(permit.project().value());
        return decide(member, permit, PermitState.GRANTED, "");
    }

    public Permit refuse(Actor member, PermitId id, String reason) {
        return decide(member, decidable(member, id), PermitState.REFUSED, reason);
    }

    /** Takes a granted permit back: nothing can be computed under it from now on. */
    public Permit withdraw(Actor member, PermitId id, String reason) {
        member.require(Role.COMMITTEE_MEMBER);
        Permit permit = require(id);
        if (permit.state() != PermitState.GRANTED) {
            throw Problem.of(ProblemCode.PERMIT_NOT_ACTIVE)
                    .with("permit", id)
                    .found(permit.state().word())
                    .exception();
        }
        return decide(member, permit, PermitState.WITHDRAWN, reason);
    }

    private Permit decidable(Actor member, PermitId id) {
        member.require(Role.COMMITTEE_MEMBER);
        Permit permit = require(id);
        if (permit.state() != PermitState.REQUESTED) {
            throw Problem.of(ProblemCode.PERMIT_NOT_ACTIVE)
                    .with("permit", id)
                    .found(permit.state().word())
                    .exception();
        }
        if (permit.applicant().equals(member.account()) || names(id, member.account())) {
            throw Problem.of(ProblemCode.PERMIT_OWN).with("permit", id).exception();
        }
        return permit;
    }

    private Permit decide(Actor member, Permit permit, PermitState state, String reason) {
        journal.enter(
                Entry.of(
                                "permit-" + state.word(),
                                member.account().value(),
                                permit.id().value())
                        .under(permit.id().value(), permit.terms().purpose().word())
                        .body(Map.of("reason", reason)),
                (sql, entry) -> {
                    int decided = sql.sql("update permit set state_before = state, state = :state, decided = :now,"
                                    + " decided_by = :member, entry = :entry where id = :id and state = :before")
                            .param("before", permit.state().word())
                            .param("state", state.word())
                            .param("now", clock.instant().toString())
                            .param("member", member.account().value())
                            .param("entry", entry)
                            .param("id", permit.id().value())
                            .update();
                    if (decided != 1) {
                        throw Problem.of(ProblemCode.PERMIT_NOT_ACTIVE)
                                .with("permit", permit.id())
                                .expected(permit.state().word())
                                .found("decided meanwhile")
                                .exception();
                    }
                    return decided;
                });
        Permit decided = require(permit.id());
        if (state != PermitState.REFUSED) {
            whenDecided.accept(decided);
        }
        return decided;
    }

    /**
     * Makes public what was decided before a crash and not yet told.
     *
     * @param shown the states that the register shows, by permit
     */
    public void recover(Map<String, String> shown) {
        record Row(String id, String state) {}
        List<Row> decided =
                control.read(sql -> sql.sql("select id, state from permit_seen where state in ('granted', 'withdrawn')")
                        .query(Row.class)
                        .list());
        for (Row row : decided) {
            if (!row.state().equals(shown.get(row.id()))) {
                whenDecided.accept(require(new PermitId(row.id())));
            }
        }
    }

    public Permit require(PermitId id) {
        return list("p.id = :value", id.value()).stream()
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND)
                        .with("what", "permit")
                        .found(id)
                        .exception());
    }

    /** The permits that an actor may see: all of them for members and auditors, one's own for others. */
    public List<Permit> list(Actor actor) {
        boolean all =
                actor.roles().contains(Role.COMMITTEE_MEMBER) || actor.roles().contains(Role.AUDITOR);
        return all
                ? list("1 = 1 or :value = ''", "")
                : list(
                        "p.applicant = :value or exists (select 1 from permit_person n where n.permit = p.id and n.account = :value)",
                        actor.account().value());
    }

    /** Granted permits, for the public register. */
    public List<Permit> granted() {
        return list("p.state = :value", "granted");
    }

    public Optional<Permit> find(ProjectId project) {
        return list("p.project = :value", project.value()).stream().findFirst();
    }

    /** True when the permit names this person. */
    public boolean names(PermitId permit, AccountId account) {
        return control.read(sql -> sql.sql(
                                "select count(*) from permit_person where permit = :permit and account = :account")
                        .param("permit", permit.value())
                        .param("account", account.value())
                        .query(Long.class)
                        .single())
                > 0;
    }

    /** What is not in the log is not seen: it grants nothing. */
    private List<Permit> list(String condition, String value) {
        record Row(String id, String project, String applicant, String body, String state, String requested) {}
        return control
                .read(sql -> sql.sql(
                                "select p.id, p.project, p.applicant, p.body, p.state, p.requested from permit_seen p"
                                        + " where " + condition + " order by p.requested, p.id")
                        .param("value", value)
                        .query(Row.class)
                        .list())
                .stream()
                .map(row -> new Permit(
                        new PermitId(row.id()),
                        new ProjectId(row.project()),
                        new AccountId(row.applicant()),
                        bodies.open("permit", row.body(), Terms.class).terms(),
                        PermitState.of(row.state()),
                        Instant.parse(row.requested())))
                .toList();
    }
}
