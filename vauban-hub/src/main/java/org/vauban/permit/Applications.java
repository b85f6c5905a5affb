package org.vauban.permit;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vauban.body.Bodies;
import org.vauban.control.ControlPlane;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.people.AccountId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.procedure.Course;
import org.vauban.procedure.Event;
import org.vauban.procedure.Outcome;
import org.vauban.procedure.Procedure;
import org.vauban.procedure.Procedures;
import org.vauban.procedure.Standing;
import org.vauban.procedure.Step;

/**
 * What happens to a request between its submission and the committee's word. Where it stands is computed from what is on record, each time
 * anew; no clock opens anything.
 */
public final class Applications {
    private static final String BODY = "permit-event";
    /** What the applicant does; all else is entered by a member of the committee. */
    private static final Set<Event.Kind> OF_THE_APPLICANT = Set.of(Event.Kind.ANSWERED, Event.Kind.APPEALED);

    private final ControlPlane control;
    private final Journal journal;
    private final Bodies bodies;
    private final Clock clock;

    Applications(ControlPlane control, Journal journal, Bodies bodies, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.bodies = bodies;
        this.clock = clock;
    }

    /** What somebody wrote. */
    private record Words(String text, String document) {}

    /**
     * An act in a procedure.
     *
     * @param step the step that it is about, by whoever had one in mind: at another step it is refused
     * @param outcome of a conclusion
     * @param text the question, the answer, the reasons
     * @param document where an outside body's signed document lies; empty when the hub itself speaks
     */
    public record Deed(
            Event.Kind kind, Optional<String> step, Optional<Outcome> outcome, String text, String document) {
        /** About whichever step is open. */
        public Deed(Event.Kind kind, Optional<Outcome> outcome, String text, String document) {
            this(kind, Optional.empty(), outcome, text, document);
        }

        /** The same, about this step and no other. */
        public Deed about(Optional<String> name) {
            return new Deed(kind, name, outcome, text, document);
        }
    }

    Progress progress(Permit permit) {
        Procedure procedure = procedure(permit);
        List<Happening> happenings = happenings(permit);
        return new Progress(
                permit,
                procedure,
                procedure.isInForce(Course.day(clock.instant())),
                happenings,
                new Course(procedure, events(permit, happenings)).standing(clock.instant()));
    }

    static Procedure procedure(Permit permit) {
        return Procedures.named(permit.terms().dossier().procedure()).orElseThrow();
    }

    private static List<Event> events(Permit permit, List<Happening> happenings) {
        List<Event> events = new ArrayList<>();
        events.add(new Event(Event.Kind.SUBMITTED, "", Optional.empty(), permit.requested()));
        happenings.forEach(happening -> events.add(happening.event()));
        return events;
    }

    private List<Happening> happenings(Permit permit) {
        record Row(
                String kind, String step, Optional<String> outcome, String actor, String body, String at, long log) {}
        return control
                .read(sql -> sql.sql("select kind, step, outcome, actor, body, at, log_index from permit_event_seen"
                                + " where permit = :permit order by number")
                        .param("permit", permit.id().value())
                        .query((row, _) -> new Row(
                                row.getString("kind"),
                                row.getString("step"),
                                Optional.ofNullable(row.getString("outcome")),
                                row.getString("actor"),
                                row.getString("body"),
                                row.getString("at"),
                                row.getLong("log_index")))
                        .list())
                .stream()
                .map(row -> {
                    Words words = bodies.open(BODY, row.body(), Words.class);
                    return new Happening(
                            new Event(
                                    Event.Kind.valueOf(row.kind()),
                                    row.step(),
                                    row.outcome().map(Outcome::valueOf),
                                    Instant.parse(row.at())),
                            new AccountId(row.actor()),
                            words.text(),
                            words.document(),
                            row.log());
                })
                .toList();
    }

    /** Enters what was done; refuses what the procedure does not provide for now. */
    void enter(Actor actor, Permit permit, Deed deed) {
        Progress progress = progress(permit);
        requireRight(actor, permit, deed.kind());
        requireProvided(progress, deed);
        String step = progress.standing().step().map(Step::name).orElse("");
        PermitState after = stateAfter(progress, deed);
        String body = bodies.seal(BODY, new Words(deed.text(), deed.document()));
        journal.enter(
                Entry.of(
                                "permit-" + word(deed.kind()),
                                actor.account().value(),
                                permit.id().value())
                        .under(permit.id().value(), permit.terms().purpose().word())
                        .result(deed.outcome().map(Applications::word).orElse("done"))
                        .body("step", step),
                (sql, entry) -> {
                    requireNothingNew(sql, progress);
                    insert(sql, entry, actor, permit, progress.happenings().size() + 1, step, deed, body);
                    return after == permit.state()
                            ? 1
                            : sql.sql("update permit set state_before = state, state = :state, entry = :entry"
                                            + " where id = :id and state = :before")
                                    .param("state", after.word())
                                    .param("entry", entry)
                                    .param("id", permit.id().value())
                                    .param("before", permit.state().word())
                                    .update();
                });
    }

    private void insert(
            JdbcClient sql, long entry, Actor actor, Permit permit, int number, String step, Deed deed, String body) {
        sql.sql("insert into permit_event (permit, number, kind, step, outcome, actor, body, at, entry)"
                        + " values (:permit, :number, :kind, :step, :outcome, :actor, :body, :at, :entry)")
                .param("permit", permit.id().value())
                .param("number", number)
                .param("kind", deed.kind().name())
                .param("step", step)
                .param("outcome", deed.outcome().map(Outcome::name).orElse(null))
                .param("actor", actor.account().value())
                .param("body", body)
                .param("at", clock.instant().toString())
                .param("entry", entry)
                .update();
    }

    /** Two people who act at one moment: the second looks again first. */
    private static void requireNothingNew(JdbcClient sql, Progress progress) {
        int known = progress.happenings().size();
        int now = sql.sql("select count(*) from permit_event where permit = :permit")
                .param("permit", progress.permit().id().value())
                .query(Integer.class)
                .single();
        if (now != known) {
            throw Problem.of(ProblemCode.PROCEDURE_STEP)
                    .with("permit", progress.permit().id())
                    .expected(known)
                    .found(now)
                    .exception();
        }
    }

    private static void requireRight(Actor actor, Permit permit, Event.Kind kind) {
        boolean applicant = permit.applicant().equals(actor.account());
        if (OF_THE_APPLICANT.contains(kind)) {
            if (!applicant) {
                throw Problem.of(ProblemCode.PERMIT_APPLICANT)
                        .with("permit", permit.id())
                        .exception();
            }
            return;
        }
        actor.require(Role.COMMITTEE_MEMBER);
        if (applicant) {
            throw Problem.of(ProblemCode.PERMIT_OWN).with("permit", permit.id()).exception();
        }
    }

    private static void requireProvided(Progress progress, Deed deed) {
        Permit permit = progress.permit();
        Procedure procedure = progress.procedure();
        boolean open = permit.state() == PermitState.REQUESTED
                || permit.state() == PermitState.REFUSED && deed.kind() == Event.Kind.APPEALED;
        if (!open) {
            throw Problem.of(ProblemCode.PERMIT_NOT_ACTIVE)
                    .with("permit", permit.id())
                    .expected(PermitState.REQUESTED.word())
                    .found(permit.state().word())
                    .exception();
        }
        if (!progress.standing().possible().contains(deed.kind())) {
            throw Problem.of(ProblemCode.PROCEDURE_STEP)
                    .with("permit", permit.id())
                    .expected(progress.standing().possible().stream()
                            .map(Applications::word)
                            .sorted()
                            .collect(Collectors.joining(", ")))
                    .found(word(deed.kind()))
                    .exception();
        }
        requireMeant(progress, deed);
        if (deed.kind() == Event.Kind.CONCLUDED || deed.kind() == Event.Kind.SILENCE_NOTED) {
            requireInForce(progress);
        }
        boolean completes = deed.kind() == Event.Kind.CONCLUDED
                && deed.outcome()
                        .filter(outcome -> outcome != Outcome.UNFAVOURABLE)
                        .isPresent()
                && progress.standing().step().equals(procedure.steps().stream().findFirst());
        if (completes) {
            requirePieces(progress);
        }
    }

    /** Two people who conclude one step, or one who does it twice, do not conclude the next by that. */
    private static void requireMeant(Progress progress, Deed deed) {
        String open = progress.standing().step().map(Step::name).orElse("");
        if (deed.step().isPresent() && !deed.step().get().equals(open)) {
            throw Problem.of(ProblemCode.PROCEDURE_STEP)
                    .with("permit", progress.permit().id())
                    .expected(open)
                    .found(deed.step().get())
                    .exception();
        }
    }

    /** A procedure that is not in force may be prepared and tried, and decides nothing. */
    static void requireInForce(Progress progress) {
        if (!progress.inForce()) {
            throw Problem.of(ProblemCode.PROCEDURE_NOT_IN_FORCE)
                    .with("procedure", progress.procedure().reference())
                    .found(progress.procedure().from().map(Object::toString).orElse("?"))
                    .exception();
        }
    }

    private static void requirePieces(Progress progress) {
        String missing = progress.procedure().pieces().stream()
                .filter(piece -> !progress.permit().terms().dossier().pieces().containsKey(piece))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw Problem.of(ProblemCode.DOSSIER_INCOMPLETE)
                    .with("permit", progress.permit().id())
                    .expected(missing)
                    .exception();
        }
    }

    private PermitState stateAfter(Progress progress, Deed deed) {
        List<Event> events = events(progress.permit(), progress.happenings());
        events.add(new Event(
                deed.kind(), progress.standing().step().map(Step::name).orElse(""), deed.outcome(), clock.instant()));
        Standing after = new Course(progress.procedure(), events).standing(clock.instant());
        return after.state() == Standing.State.REFUSED ? PermitState.REFUSED : PermitState.REQUESTED;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
