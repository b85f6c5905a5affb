package org.vauban.airlock;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vauban.body.Bodies;
import org.vauban.control.ControlPlane;
import org.vauban.disclosure.Cleared;
import org.vauban.disclosure.Disclosure;
import org.vauban.disclosure.Reason;
import org.vauban.disclosure.Verdict;
import org.vauban.disclosure.Withheld;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.omop.EditionId;
import org.vauban.output.RawOutput;
import org.vauban.people.AccountId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Permit;
import org.vauban.permit.Permits;
import org.vauban.permit.ProjectId;
import org.vauban.print.Printed;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.project.AnalysisId;
import org.vauban.project.Projects;
import org.vauban.register.Register;
import org.vauban.register.ReleasedDocument;

/** Requests, reviews and releases of outputs. */
public final class Airlock {
    /** So many different people approve before anything leaves. */
    static final int REVIEWS = 2;

    private final ControlPlane control;
    private final Journal journal;
    private final Bodies bodies;
    private final Permits permits;
    private final Projects projects;
    private final Register register;
    private final Clock clock;

    public Airlock(
            ControlPlane control,
            Journal journal,
            Bodies bodies,
            Permits permits,
            Projects projects,
            Register register,
            Clock clock) {
        this.control = control;
        this.journal = journal;
        this.bodies = bodies;
        this.permits = permits;
        this.projects = projects;
        this.register = register;
        this.clock = clock;
    }

    /** What a reviewer decided. */
    public enum Decision {
        APPROVED,
        REFUSED
    }

    /** A reviewer's words; sealed. */
    record Opinion(String comment) {}

    /**
     * The author asks for outputs of an analysis to leave: those named, or all that are cleared when none is named. A withheld one
     * that is named is refused with the machine's reasons.
     */
    public List<Output> request(Actor author, AnalysisId analysis, List<String> names) {
        author.require(Role.RESEARCHER);
        List<Output> all = list("o.analysis = :value", analysis.value());
        if (all.isEmpty() || !all.getFirst().author().equals(author.account())) {
            throw Problem.of(ProblemCode.NOT_FOUND)
                    .with("what", "analysis of yours")
                    .found(analysis)
                    .exception();
        }
        for (String name : names) {
            Output named = all.stream()
                    .filter(output -> output.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND)
                            .with("what", "output in this analysis called")
                            .found(name)
                            .exception());
            requireCleared(named);
        }
        List<Output> asked = all.stream()
                .filter(output -> names.isEmpty()
                        ? output.verdict().equals("cleared") && output.state().equals("inside")
                        : names.contains(output.name()))
                .toList();
        if (asked.isEmpty()) {
            throw Problem.of(ProblemCode.OUTPUT_STATE)
                    .expected(Phrase.NOT_YET_REQUESTED)
                    .found(Phrase.REQUESTED_ALREADY)
                    .exception();
        }
        asked.forEach(output -> requireState(output, "inside"));
        Permit permit = permit(asked.getFirst());
        for (Output output : asked) {
            journal.enter(
                    Entry.of(
                                    "output-requested",
                                    author.account().value(),
                                    output.id().value())
                            .under(permit.id().value(), permit.terms().purpose().word()),
                    (sql, entry) -> changed(
                            output,
                            sql.sql("update output set state_before = state, state = 'requested', requested = :now,"
                                            + " entry = :entry where id = :id and state = 'inside'")
                                    .param("now", clock.instant().toString())
                                    .param("entry", entry)
                                    .param("id", output.id().value())
                                    .update()));
        }
        return asked.stream().map(output -> require(output.id())).toList();
    }

    /**
     * One person's decision. The second approval, by another person in another session, releases; a refusal ends the request. Where
     * witnesses are asked for, what is released becomes public once enough of them have cosigned that; until then this refuses.
     *
     * @return the output as it is now
     */
    public Output review(Actor reviewer, OutputId id, Decision decision, String comment) {
        Output output = require(id);
        refuseUnlessIndependent(reviewer, output);
        requireState(output, "requested");
        Permit permit = permit(output);
        String opinion = bodies.seal("opinion", new Opinion(comment));
        boolean releases = decision == Decision.APPROVED && output.approvals() + 1 == REVIEWS;
        // Made before the decision is entered: an output whose evidence no longer gives this content is not released.
        if (releases) {
            content(output, permit);
        }
        String act = decision == Decision.REFUSED ? "output-refused" : releases ? "output-released" : "output-approved";
        journal.enter(
                Entry.of(act, reviewer.account().value(), id.value())
                        .under(permit.id().value(), permit.terms().purpose().word())
                        .body(Map.of("comment", comment, "digest", output.digest())),
                (sql, entry) -> {
                    // Counted where it is changed: two people who approve at one moment are a first and a second.
                    String state = decision == Decision.REFUSED ? "refused" : releases ? "released" : "requested";
                    int changed = sql.sql("update output set state_before = state, state = :state, decided = :now,"
                                    + " entry = :entry where id = :id and state = 'requested' and :approvals ="
                                    + " (select count(*) from review where output = :id and decision = 'approved')")
                            .param("approvals", output.approvals())
                            .param("state", state)
                            .param("now", clock.instant().toString())
                            .param("entry", entry)
                            .param("id", id.value())
                            .update();
                    sql.sql("insert into review (output, reviewer, session, decision, body, given, entry)"
                                    + " values (:output, :reviewer, :session, :decision, :body, :now, :entry)")
                            .param("output", id.value())
                            .param("reviewer", reviewer.account().value())
                            .param("session", reviewer.session())
                            .param("decision", decision == Decision.APPROVED ? "approved" : "refused")
                            .param("body", opinion)
                            .param("now", clock.instant().toString())
                            .param("entry", entry)
                            .update();
                    return changed(output, changed);
                });
        Output now = require(id);
        if (releases) {
            publish(now);
        }
        return now;
    }

    /** The outputs that an actor may see: checkers and auditors those that were requested, authors their own. */
    public List<Output> list(Actor actor) {
        boolean reviews =
                actor.roles().contains(Role.OUTPUT_CHECKER) || actor.roles().contains(Role.AUDITOR);
        return reviews
                ? list("o.state <> 'inside' or :value = '-'", "")
                : list("a.author = :value", actor.account().value());
    }

    /** True when an actor may review an output now: what {@link #review} would not refuse. */
    public boolean mayReview(Actor actor, Output output) {
        return output.state().equals("requested")
                && actor.roles().contains(Role.OUTPUT_CHECKER)
                && reasonAgainst(actor, output).isEmpty();
    }

    /** Everything that was released: what the register shows. */
    public List<Output> released() {
        return list("o.state = :value", "released");
    }

    /** What would leave, or why not: for its author and for reviewers. */
    public Verdict show(Actor actor, OutputId id) {
        Output output = require(id);
        boolean mine = output.author().equals(actor.account());
        if (!mine
                && (!actor.roles().contains(Role.OUTPUT_CHECKER)
                        || output.state().equals("inside"))) {
            throw notFound(id);
        }
        return review(output, permit(output));
    }

    /** Publishes what was released and not yet published: before a crash, or before enough witnesses had cosigned the release. */
    public void recover() {
        for (Output output : released()) {
            if (register.document(output.id().value()).isEmpty()
                    && journal.isWitnessed(approvals(output).getLast().logIndex())) {
                publish(output);
            }
        }
    }

    private record Approval(String reviewer, String given, long logIndex) {}

    /** Those that stand in the log, in their order; the last one released. */
    private List<Approval> approvals(Output output) {
        return control.read(sql -> sql.sql("select r.reviewer, r.given, j.log_index from review r"
                        + " join journal_entry j on j.id = r.entry where r.output = :id and r.decision = 'approved'"
                        + " and j.log_index is not null order by j.log_index")
                .param("id", output.id().value())
                .query(Approval.class)
                .list());
    }

    private void publish(Output output) {
        List<Approval> reviews = approvals(output);
        journal.requireQuorum(reviews.getLast().logIndex());
        Permit permit = permit(output);
        Released released = new ReleasedOutput(
                output,
                content(output, permit),
                permit,
                reviews.stream().map(review -> new AccountId(review.reviewer())).toList(),
                Instant.parse(reviews.getLast().given()),
                reviews.getLast().logIndex());
        ReleasedDocument document = PublicRenderer.render(released);
        register.publish(document);
    }

    private void refuseUnlessIndependent(Actor reviewer, Output output) {
        Optional<ProblemCode> reason = reasonAgainst(reviewer, output);
        if (reason.filter(code -> code == ProblemCode.REVIEW_OWN_OUTPUT).isEmpty()) {
            reviewer.require(Role.OUTPUT_CHECKER);
        }
        reason.ifPresent(code -> refused(reviewer, output, code));
    }

    /** Nobody reviews an own output, nor twice, nor from the session of another review. */
    private Optional<ProblemCode> reasonAgainst(Actor reviewer, Output output) {
        if (output.author().equals(reviewer.account())
                || permits.names(permit(output).id(), reviewer.account())) {
            return Optional.of(ProblemCode.REVIEW_OWN_OUTPUT);
        }
        record Given(String reviewer, String session) {}
        List<Given> given = control.read(sql -> sql.sql("select reviewer, session from review where output = :id")
                .param("id", output.id().value())
                .query(Given.class)
                .list());
        if (given.stream()
                .anyMatch(
                        earlier -> earlier.reviewer().equals(reviewer.account().value()))) {
            return Optional.of(ProblemCode.REVIEW_TWICE);
        }
        return given.stream().anyMatch(earlier -> earlier.session().equals(reviewer.session()))
                ? Optional.of(ProblemCode.REVIEW_SAME_SESSION)
                : Optional.empty();
    }

    private void refused(Actor reviewer, Output output, ProblemCode code) {
        journal.enter(
                Entry.of(
                                "review-refused",
                                reviewer.account().value(),
                                output.id().value())
                        .result(code.name()),
                (_, _) -> true);
        throw Problem.of(code).exception();
    }

    private void requireCleared(Output output) {
        switch (review(output, permit(output))) {
            case Cleared _ -> {}
            case Withheld withheld ->
                throw Problem.of(ProblemCode.OUTPUT_WITHHELD)
                        .found(withheld.reasons().stream().map(Reason::toString).collect(Collectors.joining("; ")))
                        .exception();
        }
    }

    private Cleared content(Output output, Permit permit) {
        if (review(output, permit) instanceof Cleared cleared
                && Printed.digest(cleared.content()).equals(output.digest())) {
            return cleared;
        }
        throw Problem.of(ProblemCode.OUTPUT_STATE)
                .expected(Phrase.WHAT_THE_REVIEWERS_SAW)
                .found(Phrase.CHANGED_SINCE)
                .exception();
    }

    private Verdict review(Output output, Permit permit) {
        RawOutput raw = projects.evidence(output.analysis()).stream()
                .filter(each -> each.name().equals(output.name()))
                .findFirst()
                .orElseThrow(() -> notFound(output.id()));
        return Disclosure.review(raw, permit.terms().disclosureRules());
    }

    private Permit permit(Output output) {
        return permits.find(output.project()).orElseThrow(() -> notFound(output.id()));
    }

    private static void requireState(Output output, String state) {
        if (!output.state().equals(state)) {
            throw Problem.of(ProblemCode.OUTPUT_STATE)
                    .expected(state)
                    .found(output.state())
                    .exception();
        }
    }

    /** Refuses when somebody else's act came between the look at an output and its change. */
    private static int changed(Output output, int rows) {
        if (rows != 1) {
            throw Problem.of(ProblemCode.OUTPUT_STATE)
                    .expected(output.state() + " (" + output.approvals() + ")")
                    .found(Phrase.CHANGED_MEANWHILE)
                    .exception();
        }
        return rows;
    }

    private Output require(OutputId id) {
        return list("o.id = :value", id.value()).stream().findFirst().orElseThrow(() -> notFound(id));
    }

    private static RuntimeException notFound(OutputId id) {
        return Problem.of(ProblemCode.NOT_FOUND)
                .with("what", "output")
                .found(id)
                .exception();
    }

    private List<Output> list(String condition, String value) {
        record Row(
                String id,
                String analysis,
                String project,
                String edition,
                String author,
                String name,
                String kind,
                String verdict,
                String digest,
                String state,
                int approvals) {}
        List<Output> outputs = new ArrayList<>();
        control.read(sql -> sql.sql(
                                "select o.id, o.analysis, a.project, a.edition, a.author, o.name, o.kind, o.verdict,"
                                        + " o.digest, o.state, o.approvals"
                                        + " from output_seen o join analysis a on a.id = o.analysis"
                                        + " where " + condition + " order by a.begun, o.analysis, o.name")
                        .param("value", value)
                        .query(Row.class)
                        .list())
                .forEach(row -> outputs.add(new Output(
                        new OutputId(row.id()),
                        new AnalysisId(row.analysis()),
                        new ProjectId(row.project()),
                        new EditionId(row.edition()),
                        new AccountId(row.author()),
                        row.name(),
                        row.kind(),
                        row.verdict(),
                        row.digest(),
                        row.state(),
                        row.approvals())));
        return List.copyOf(outputs);
    }
}
