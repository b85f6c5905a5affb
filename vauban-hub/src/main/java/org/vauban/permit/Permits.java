package org.vauban.permit;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vauban.body.Bodies;
import org.vauban.control.ControlPlane;
import org.vauban.control.RandomName;
import org.vauban.custody.Keys;
import org.vauban.custody.Lease;
import org.vauban.document.Node;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.people.AccountId;
import org.vauban.people.Actor;
import org.vauban.people.People;
import org.vauban.people.Role;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.procedure.Course;
import org.vauban.procedure.Event;
import org.vauban.procedure.Procedure;
import org.vauban.procedure.Procedures;
import org.vauban.procedure.Step;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;

/** Permits from request to end. The one place that decides whether a request may read what it needs. */
public final class Permits {
    private final ControlPlane control;
    private final Journal journal;
    private final Bodies bodies;
    private final People people;
    private final Keys keys;
    private final Clock clock;
    private final Consumer<Permit> whenChanged;
    private final Applications applications;
    private final Closures closures;

    /** Permits; the register hears of every request and of every decision: both are public. */
    public Permits(
            ControlPlane control,
            Journal journal,
            Bodies bodies,
            People people,
            Keys keys,
            Clock clock,
            Consumer<Permit> whenChanged) {
        this.control = control;
        this.journal = journal;
        this.bodies = bodies;
        this.people = people;
        this.keys = keys;
        this.clock = clock;
        this.whenChanged = whenChanged;
        this.applications = new Applications(control, journal, bodies, clock);
        this.closures = new Closures(control);
    }

    /**
     * The checked permit in hand, or a refusal that is explained and entered in the log. Nothing was read when this returns
     * or throws.
     */
    public Grant require(Actor actor, ProjectId project, Scope scope, Instant now) {
        Permit permit = checked(actor, project, scope, now);
        return granted(permit, scope, permit.terms().extent().ofPlan(period(permit, scope)));
    }

    /**
     * The same for a statement of the researcher's own. It can sort out any value, so it is told no more of the days than the permit
     * justifies.
     */
    public Grant requireForStatement(Actor actor, ProjectId project, Scope scope, Instant now) {
        Permit permit = checked(actor, project, scope, now);
        return granted(permit, scope, permit.terms().extent().ofStatement(period(permit, scope)));
    }

    /** The same for a statement that looks at rows; the permit must say that they may be looked at. */
    public Grant requireToExplore(Actor actor, ProjectId project, Scope scope, Instant now) {
        Grant grant = requireForStatement(actor, project, scope, now);
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

    private Permit checked(Actor actor, ProjectId project, Scope scope, Instant now) {
        Optional<Permit> permit = find(project).filter(found -> names(found.id(), actor.account()));
        if (permit.isEmpty()) {
            throw refused(
                    actor,
                    project,
                    Optional.empty(),
                    Problem.of(ProblemCode.PERMIT_REQUIRED)
                            .expected(Phrase.A_PERMIT_THAT_NAMES_YOU.with(project))
                            .found("none"));
        }
        Optional<Problem> reason =
                reasonAgainst(permit.get(), scope, now).or(() -> closures.reasonAgainstReading(scope.edition()));
        if (reason.isEmpty() && !overridesObjections(permit.get())) {
            reason = closures.reasonOfObjections(scope.edition());
        }
        if (reason.isEmpty()) {
            reason = journal.quorumMissing(entryOf(permit.get().id()));
        }
        if (reason.isPresent()) {
            if (reason.get().code() == ProblemCode.PERMIT_EXPIRED) {
                cut(permit.get().id());
            }
            throw refused(actor, project, permit, reason.get());
        }
        return permit.get();
    }

    private static Period period(Permit permit, Scope scope) {
        return scope.period().orElse(permit.terms().extent().period());
    }

    /** What a project's permit grants of some tables; nothing when there is no permit. It opens nothing: {@link #require} does. */
    public Needs grantedOf(ProjectId project, Set<CdmTable> tables) {
        return of(project, tables, Extent::columns);
    }

    /** What was asked of some tables for a project and is not granted, because nobody justified it. */
    public Needs unjustifiedOf(ProjectId project, Set<CdmTable> tables) {
        return of(project, tables, Extent::unjustified);
    }

    private Needs of(ProjectId project, Set<CdmTable> tables, Function<Extent, Set<CdmColumn>> columns) {
        return new Needs(find(project)
                .map(permit -> columns.apply(permit.terms().extent()).stream()
                        .filter(column -> tables.contains(column.table()))
                        .collect(Collectors.toSet()))
                .orElse(Set.of()));
    }

    private Grant granted(Permit permit, Scope scope, Reach reach) {
        return new Granted(
                permit.id(),
                permit.project(),
                scope.edition(),
                scope.needs(),
                reach,
                overridesObjections(permit) ? 0 : closures.objectionsOf(scope.edition()),
                permit.terms().purpose(),
                permit.terms().disclosureRules(),
                permit.endsAt());
    }

    /** Whether the legal basis of the permit's procedure overrides objections; its data say so, and none of those that come with Vauban do. */
    private static boolean overridesObjections(Permit permit) {
        return Applications.procedure(permit).overridesObjections();
    }

    /**
     * Why a grant no longer holds, if it does not: its permit was taken back, replaced or has ended. Cheap enough to be asked while something
     * runs; asks the custodian once, to cut the key, when it holds no longer.
     */
    public Optional<Problem> lapse(Grant grant, Instant now) {
        record Row(PermitState state, Instant ends) {}
        Row row = control.read(sql -> sql.sql(
                        "select s.state, p.ends from permit_seen s join permit p on p.id = s.id where s.id = :permit")
                .param("permit", grant.permit().value())
                .query((found, _) ->
                        new Row(PermitState.of(found.getString("state")), Instant.parse(found.getString("ends"))))
                .single());
        Optional<Problem> lapse = lapse(grant.permit(), row.state(), row.ends(), now);
        if (lapse.isPresent()) {
            cut(grant.permit());
        }
        return lapse.or(() -> closures.reasonAgainstReading(grant.edition()));
    }

    /**
     * The right to work under a grant: the custodian lends it for as long as the permit holds. What was granted is read through it, and
     * nothing of the edition's rows is unwrapped without it.
     */
    public Lease lease(Grant grant) {
        return new Lease(
                () -> {
                    lapse(grant, clock.instant()).ifPresent(lapse -> {
                        throw lapse.exception();
                    });
                    return keys.leaseOfPermit(grant.permit().value());
                },
                clock);
    }

    /**
     * Has the key of a permit that ended destroyed, so that the custodian lends nothing under it again. While the custodian is absent
     * nothing is lent anyway, and {@link #recover} does it later.
     */
    private void cut(PermitId permit) {
        if (isCut(permit)) {
            return;
        }
        try {
            keys.destroyOfPermit(permit.value());
        } catch (ProblemException gone) {
            if (gone.code() == ProblemCode.KEYS_ABSENT) {
                return;
            }
            throw gone;
        }
        control.change(sql -> sql.sql("update permit set cut = :now where id = :permit and cut is null")
                .param("now", clock.instant().toString())
                .param("permit", permit.value())
                .update());
    }

    private boolean isCut(PermitId permit) {
        return control.read(sql -> sql.sql("select count(*) from permit where id = :permit and cut is not null")
                        .param("permit", permit.value())
                        .query(Long.class)
                        .single())
                > 0;
    }

    /** Permits that ended and whose key is still there, because the hub stopped or nobody had asked since. */
    private List<PermitId> uncut() {
        record Row(String id, PermitState state, Instant ends) {}
        Instant now = clock.instant();
        return control
                .read(sql -> sql.sql("select s.id, s.state, p.ends from permit_seen s join permit p on p.id = s.id"
                                + " where p.cut is null and s.state in ('granted', 'withdrawn', 'replaced')")
                        .query((found, _) -> new Row(
                                found.getString("id"),
                                PermitState.of(found.getString("state")),
                                Instant.parse(found.getString("ends"))))
                        .list())
                .stream()
                .filter(row -> row.state() != PermitState.GRANTED || !now.isBefore(row.ends()))
                .map(row -> new PermitId(row.id()))
                .toList();
    }

    /** The entry that made the permit what it is; while a later one waits for the log, the log as far as it goes. */
    private long entryOf(PermitId permit) {
        return control.read(
                sql -> sql.sql("select coalesce(j.log_index, (select max(log_index) from journal_entry)) from permit p"
                                + " join journal_entry j on j.id = p.entry where p.id = :permit")
                        .param("permit", permit.value())
                        .query(Long.class)
                        .single());
    }

    private static Optional<Problem> lapse(PermitId permit, PermitState state, Instant ends, Instant now) {
        if (state != PermitState.GRANTED) {
            return Optional.of(Problem.of(ProblemCode.PERMIT_NOT_ACTIVE)
                    .with("permit", permit)
                    .found(state.word()));
        }
        return now.isBefore(ends)
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.PERMIT_EXPIRED)
                        .with("permit", permit)
                        .found(LocalDate.ofInstant(ends, ZoneOffset.UTC).minusDays(1)));
    }

    private static Optional<Problem> reasonAgainst(Permit permit, Scope scope, Instant now) {
        PermitTerms terms = permit.terms();
        Optional<Problem> lapse = lapse(permit.id(), permit.state(), permit.endsAt(), now);
        if (lapse.isPresent()) {
            return lapse;
        }
        if (!terms.extent().editions().contains(scope.edition())) {
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
        return reasonAgainstDays(permit, scope).or(() -> reasonAgainstColumns(permit, scope));
    }

    private static Optional<Problem> reasonAgainstDays(Permit permit, Scope scope) {
        Period granted = permit.terms().extent().period();
        return scope.period()
                .filter(asked -> !granted.contains(asked))
                .map(asked -> Problem.of(ProblemCode.PERMIT_PERIOD)
                        .with("permit", permit.id())
                        .expected(granted)
                        .found(daysAsked(asked, granted, scope)));
    }

    /** Days before those a study is about are asked for by one of its fields: who may change it is told which. */
    private static Object daysAsked(Period asked, Period granted, Scope scope) {
        return scope.lookBack().isPresent() && asked.from().isBefore(granted.from())
                ? Phrase.EARLIER_DAYS_BECAUSE.with(
                        asked,
                        new Period(asked.from(), granted.from().minusDays(1)),
                        scope.lookBack().get())
                : asked;
    }

    private static Optional<Problem> reasonAgainstColumns(Permit permit, Scope scope) {
        Set<CdmColumn> unjustified = permit.terms().extent().unjustified();
        List<CdmColumn> needing = scope.needs().columns().stream()
                .filter(unjustified::contains)
                .sorted()
                .toList();
        if (!needing.isEmpty()) {
            return Optional.of(Problem.of(ProblemCode.PERMIT_IDENTIFIER)
                    .with("permit", permit.id())
                    .expected(needing.stream()
                            .flatMap(column -> PotentialIdentifier.of(column).stream())
                            .distinct()
                            .map(PotentialIdentifier::word)
                            .collect(Collectors.joining(", ")))
                    .found(needing.stream().map(CdmColumn::qualifiedName).collect(Collectors.joining(", "))));
        }
        var granted = permit.terms().extent().columns();
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

    /**
     * Files the application in a document, PERMIT.yaml.
     *
     * @throws org.vauban.problem.ProblemException {@code PURPOSE_FORBIDDEN}, which is entered in the log
     */
    public Permit request(Actor applicant, Node document) {
        applicant.require(Role.RESEARCHER);
        return request(applicant, read(applicant, document));
    }

    private PermitTerms read(Actor applicant, Node document) {
        try {
            return TermsReader.read(document);
        } catch (ProblemException refused) {
            if (refused.code() == ProblemCode.PURPOSE_FORBIDDEN) {
                journal.enter(
                        Entry.of("permit-refused-at-once", applicant.account().value(), "permit")
                                .result(refused.code().name()),
                        (_, _) -> true);
            }
            throw refused;
        }
    }

    /** Files an application. Every person it names must have an account. */
    public Permit request(Actor applicant, PermitTerms terms) {
        applicant.require(Role.RESEARCHER);
        requireOpenTo(terms);
        return file(
                new Permit(
                        new PermitId(RandomName.id('p')),
                        new ProjectId(RandomName.id('s')),
                        applicant.account(),
                        terms,
                        PermitState.REQUESTED,
                        clock.instant()),
                new Following(Optional.empty(), 0));
    }

    /** Asks for other terms in the same project space; decided like a new request, and takes the old permit's place when granted. */
    public Permit amend(Actor applicant, PermitId id, Node document) {
        Permit old = changeable(applicant, id);
        return follow(
                applicant, old, read(applicant, document), following(old.id()).renewals());
    }

    /**
     * Asks for more time on the same terms.
     *
     * @param end the last day that is asked for
     */
    public Permit renew(Actor applicant, PermitId id, LocalDate end) {
        Permit old = changeable(applicant, id);
        int renewals = following(id).renewals();
        reasonAgainstRenewal(old, progress(old).procedure(), renewals).ifPresent(reason -> {
            throw reason.exception();
        });
        return follow(applicant, old, old.terms().until(end), renewals + 1);
    }

    private Optional<Problem> reasonAgainstRenewal(Permit old, Procedure procedure, int renewals) {
        LocalDate today = Course.day(clock.instant());
        LocalDate last = procedure
                .renewalNotice()
                .map(notice -> notice.lastDayBefore(old.terms().end()))
                .orElse(old.terms().end());
        boolean often = renewals >= procedure.renewals();
        return often || today.isAfter(last)
                ? Optional.of(Problem.of(ProblemCode.PERMIT_RENEWAL)
                        .with("permit", old.id())
                        .with("procedure", procedure.reference())
                        .expected(often ? procedure.renewals() : last)
                        .found(often ? renewals : today))
                : Optional.empty();
    }

    private Permit follow(Actor applicant, Permit old, PermitTerms terms, int renewals) {
        requireOpenTo(terms);
        return file(
                new Permit(
                        new PermitId(RandomName.id('p')),
                        old.project(),
                        applicant.account(),
                        terms,
                        PermitState.REQUESTED,
                        clock.instant()),
                new Following(Optional.of(old.id()), renewals));
    }

    private Permit changeable(Actor applicant, PermitId id) {
        applicant.require(Role.RESEARCHER);
        Permit old = require(id);
        requireApplicant(applicant, old);
        if (old.state() != PermitState.GRANTED) {
            throw notActive(old, PermitState.GRANTED.word(), old.state().word());
        }
        return old;
    }

    private static void requireApplicant(Actor actor, Permit permit) {
        if (!permit.applicant().equals(actor.account())) {
            throw Problem.of(ProblemCode.PERMIT_APPLICANT)
                    .with("permit", permit.id())
                    .exception();
        }
    }

    private void requireOpenTo(PermitTerms terms) {
        Dossier dossier = terms.dossier();
        Procedure procedure = Procedures.named(dossier.procedure()).orElseThrow();
        if (procedure.excludes().contains(dossier.applicant().word())) {
            throw Problem.of(ProblemCode.PROCEDURE_CLOSED)
                    .with("procedure", procedure.reference())
                    .found(dossier.applicant().word())
                    .exception();
        }
        LocalDate today = Course.day(clock.instant());
        Optional<LocalDate> last = procedure.duration().map(duration -> duration.lastDay(today));
        if (last.filter(terms.end()::isAfter).isPresent()) {
            throw Problem.of(ProblemCode.PERMIT_TOO_LONG)
                    .with("procedure", procedure.reference())
                    .expected(last.get())
                    .found(terms.end())
                    .exception();
        }
    }

    /** No new permit covers an edition with rows that their producer took back. */
    private void requireOpenEditions(AccountId actor, Permit permit) {
        Optional<Problem> reason =
                closures.reasonAgainstPermit(permit.terms().extent().editions());
        if (reason.isPresent()) {
            journal.enter(
                    Entry.of("permit-refused-at-once", actor.value(), "permit")
                            .result(reason.get().code().name()),
                    (_, _) -> true);
            throw reason.get().exception();
        }
    }

    /** What a permit stands in the place of, and how many renewals lie behind it. */
    private record Following(Optional<PermitId> permit, int renewals) {}

    private Following following(PermitId id) {
        return control.read(sql -> sql.sql("select follows, renews from permit where id = :id")
                .param("id", id.value())
                .query((row, _) -> new Following(
                        Optional.ofNullable(row.getString("follows")).map(PermitId::new), row.getInt("renews")))
                .single());
    }

    private Permit file(Permit permit, Following following) {
        PermitTerms terms = permit.terms();
        requireOpenEditions(permit.applicant(), permit);
        List<AccountId> persons = terms.persons().stream()
                .map(login -> people.find(login)
                        .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND)
                                .with("what", "login")
                                .found(login)
                                .exception()))
                .toList();
        String body = bodies.seal("permit", Terms.of(terms));
        journal.enter(
                Entry.of(
                                "permit-requested",
                                permit.applicant().value(),
                                permit.id().value())
                        .under(permit.id().value(), terms.purpose().word())
                        .body(Map.of(
                                "title",
                                terms.presentation().title().english(),
                                "procedure",
                                progress(permit).procedure().reference(),
                                "follows",
                                following.permit().map(PermitId::value).orElse(""))),
                (sql, entry) -> {
                    sql.sql("insert into permit (id, project, applicant, body, state, ends, requested, follows, renews,"
                                    + " entry) values (:id, :project, :applicant, :body, 'requested', :ends, :now,"
                                    + " :follows, :renews, :entry)")
                            .param("id", permit.id().value())
                            .param("project", permit.project().value())
                            .param("applicant", permit.applicant().value())
                            .param("body", body)
                            .param("ends", permit.endsAt().toString())
                            .param("now", permit.requested().toString())
                            .param(
                                    "follows",
                                    following.permit().map(PermitId::value).orElse(null))
                            .param("renews", following.renewals())
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
        whenChanged.accept(permit);
        return permit;
    }

    /** Where a request stands in its procedure, and what happened to it; for those who may see it. */
    public Progress progress(Actor actor, PermitId id) {
        return list(actor).stream()
                .filter(permit -> permit.id().equals(id))
                .findFirst()
                .map(this::progress)
                .orElseThrow(() -> notFound(id));
    }

    /** What was asked, granted, delivered and used under a permit; for those who may see it. */
    public Minimisation minimisation(Actor actor, PermitId id) {
        return list(actor).stream()
                .filter(permit -> permit.id().equals(id))
                .findFirst()
                .map(permit ->
                        Minimisation.of(permit, journal.begunUnder(permit.id().value(), "analysis")))
                .orElseThrow(() -> notFound(id));
    }

    private Progress progress(Permit permit) {
        return applications.progress(permit);
    }

    /** The same of all requests that an actor may see. */
    public List<Progress> progress(Actor actor) {
        return list(actor).stream().map(this::progress).toList();
    }

    /** What may happen next with a request, whoever does it. */
    public Set<PermitAct> possible(Progress progress) {
        Permit permit = progress.permit();
        boolean renewable = reasonAgainstRenewal(
                        permit, progress.procedure(), following(permit.id()).renewals())
                .isEmpty();
        return Possibilities.of(progress, renewable);
    }

    /** What of it an actor may do: what {@link #proceed} and the decisions would not refuse. */
    public Set<PermitAct> possible(Actor actor, Progress progress) {
        boolean named = names(progress.permit().id(), actor.account());
        return Possibilities.of(progress, possible(progress), actor, named);
    }

    /** The permit in whose place a request would stand, if it is an amendment or a renewal. */
    public Optional<PermitId> followed(PermitId id) {
        return following(id).permit();
    }

    /** Does what the procedure provides for now: a question, an answer, a conclusion. */
    public Progress proceed(Actor actor, PermitId id, Applications.Deed deed) {
        Permit permit = require(id);
        if (permit.applicant().equals(actor.account()) || actor.roles().contains(Role.COMMITTEE_MEMBER)) {
            if (!permit.applicant().equals(actor.account()) && names(id, actor.account())) {
                throw Problem.of(ProblemCode.PERMIT_OWN).with("permit", id).exception();
            }
            applications.enter(actor, permit, deed);
            Permit now = require(id);
            if (now.state() != permit.state()) {
                whenChanged.accept(now);
            }
            return progress(now);
        }
        throw notFound(id);
    }

    /** Takes a request back before it is decided. */
    public Permit retract(Actor applicant, PermitId id) {
        Permit permit = require(id);
        requireApplicant(applicant, permit);
        if (permit.state() != PermitState.REQUESTED) {
            throw notActive(permit, PermitState.REQUESTED.word(), permit.state().word());
        }
        return decide(applicant, permit, PermitState.RETRACTED, "");
    }

    /**
     * Grants a permit and opens its project space. Whoever applied or is named may not decide. Where witnesses are asked for, the decision
     * has effect once enough of them have cosigned it; until then this refuses, and nothing has to be decided again.
     */
    public Permit grant(Actor member, PermitId id) {
        Permit permit = decidable(member, id);
        requireReady(member, progress(permit));
        requireOpenEditions(member.account(), permit);
        keys.createOfProject(permit.project().value());
        keys.createOfPermit(permit.id().value());
        return decide(member, permit, PermitState.GRANTED, "");
    }

    /** Every step is behind it, the procedure is in force, and whoever grants has not also concluded the steps. */
    private static void requireReady(Actor member, Progress progress) {
        Permit permit = progress.permit();
        if (!progress.standing().isReady()) {
            throw Problem.of(ProblemCode.PROCEDURE_STEP)
                    .with("permit", permit.id())
                    .expected(progress.standing().step().map(Step::name).orElse(""))
                    .found("granted")
                    .exception();
        }
        Applications.requireInForce(progress);
        if (Possibilities.hasConcluded(progress, member)) {
            throw Problem.of(ProblemCode.PERMIT_FOUR_EYES)
                    .with("permit", permit.id())
                    .exception();
        }
    }

    /** Refuses, with the reasons; the applicant may appeal. */
    public Permit refuse(Actor member, PermitId id, String reason) {
        Permit permit = decidable(member, id);
        applications.enter(member, permit, new Applications.Deed(Event.Kind.REFUSED, Optional.empty(), reason, ""));
        return require(id);
    }

    /** Takes a granted permit back: nothing can be computed under it from now on. */
    public Permit withdraw(Actor member, PermitId id, String reason) {
        member.require(Role.COMMITTEE_MEMBER);
        Permit permit = require(id);
        if (permit.state() != PermitState.GRANTED) {
            throw notActive(permit, PermitState.GRANTED.word(), permit.state().word());
        }
        return decide(member, permit, PermitState.WITHDRAWN, reason);
    }

    private Permit decidable(Actor member, PermitId id) {
        member.require(Role.COMMITTEE_MEMBER);
        Permit permit = require(id);
        if (permit.state() != PermitState.REQUESTED) {
            throw notActive(permit, PermitState.REQUESTED.word(), permit.state().word());
        }
        if (permit.applicant().equals(member.account()) || names(id, member.account())) {
            throw Problem.of(ProblemCode.PERMIT_OWN).with("permit", id).exception();
        }
        return permit;
    }

    /** The permit as it is now, which the public is told. */
    private Permit told(PermitId id) {
        Permit permit = require(id);
        whenChanged.accept(permit);
        return permit;
    }

    private static ProblemException notActive(Permit permit, Object expected, Object found) {
        return Problem.of(ProblemCode.PERMIT_NOT_ACTIVE)
                .with("permit", permit.id())
                .expected(expected)
                .found(found)
                .exception();
    }

    private static void replace(JdbcClient sql, long entry, PermitId old) {
        sql.sql("update permit set state_before = state, state = 'replaced', entry = :entry"
                        + " where id = :id and state = 'granted'")
                .param("entry", entry)
                .param("id", old.value())
                .update();
    }

    private Permit decide(Actor member, Permit permit, PermitState state, String reason) {
        Following following = following(permit.id());
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
                        throw notActive(permit, permit.state().word(), Phrase.DECIDED_MEANWHILE);
                    }
                    if (state == PermitState.GRANTED) {
                        Closures.reasonAgainstPermit(
                                        sql, permit.terms().extent().editions())
                                .ifPresent(closed -> {
                                    throw closed.exception();
                                });
                        following.permit().ifPresent(old -> replace(sql, entry, old));
                    }
                    return decided;
                });
        if (state == PermitState.GRANTED) {
            journal.requireQuorum(entryOf(permit.id()));
            following.permit().ifPresent(old -> {
                cut(old);
                told(old);
            });
        }
        if (state == PermitState.WITHDRAWN) {
            cut(permit.id());
        }
        return told(permit.id());
    }

    /**
     * Makes public what was asked or decided before a crash and not yet told, or before enough witnesses had cosigned it; and has the keys
     * of ended permits destroyed.
     *
     * @param shown the states that the register shows, by permit
     */
    public void recover(Map<String, String> shown) {
        record Row(String id, String state) {}
        List<Row> decided = control.read(sql ->
                sql.sql("select id, state from permit_seen").query(Row.class).list());
        for (Row row : decided) {
            var id = new PermitId(row.id());
            boolean hasEffect = !row.state().equals(PermitState.GRANTED.word()) || journal.isWitnessed(entryOf(id));
            if (!row.state().equals(shown.get(row.id())) && hasEffect) {
                whenChanged.accept(require(id));
            }
        }
        uncut().forEach(this::cut);
    }

    public Permit require(PermitId id) {
        return list("p.id = :value", id.value()).stream().findFirst().orElseThrow(() -> notFound(id));
    }

    private static ProblemException notFound(PermitId id) {
        return Problem.of(ProblemCode.NOT_FOUND)
                .with("what", "permit")
                .found(id)
                .exception();
    }

    /** The permits that an actor may see: all of them for members and auditors, one's own for others. */
    public List<Permit> list(Actor actor) {
        boolean all =
                actor.roles().contains(Role.COMMITTEE_MEMBER) || actor.roles().contains(Role.AUDITOR);
        return all
                ? list("1 = 1 or :value = ''", "")
                : list(
                        "p.applicant = :value or exists (select 1 from permit_person n where n.permit = p.id and"
                                + " n.account = :value)",
                        actor.account().value());
    }

    /** Granted permits, for the public register. */
    public List<Permit> granted() {
        return list("p.state = :value", "granted");
    }

    /** The permit under which a project works: the granted one, else the first that was asked for. */
    public Optional<Permit> find(ProjectId project) {
        List<Permit> permits = list("p.project = :value", project.value());
        return permits.stream()
                .filter(permit -> permit.state() == PermitState.GRANTED)
                .findFirst()
                .or(() -> permits.stream().findFirst());
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
