package org.vauban.project;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.vauban.body.Bodies;
import org.vauban.control.ControlPlane;
import org.vauban.control.RandomName;
import org.vauban.custody.Keys;
import org.vauban.custody.Lease;
import org.vauban.disclosure.Cleared;
import org.vauban.disclosure.Verdict;
import org.vauban.disclosure.Withheld;
import org.vauban.journal.Act;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.omop.EditionId;
import org.vauban.output.AttritionFlow;
import org.vauban.output.CovariateBalance;
import org.vauban.output.DesignChecks;
import org.vauban.output.Distributions;
import org.vauban.output.EffectEstimates;
import org.vauban.output.Features;
import org.vauban.output.FrequencyTable;
import org.vauban.output.MagnitudeTable;
import org.vauban.output.Occurrences;
import org.vauban.output.Pathways;
import org.vauban.output.RawOutput;
import org.vauban.output.SurvivalCurves;
import org.vauban.people.AccountId;
import org.vauban.people.Actor;
import org.vauban.permit.Grant;
import org.vauban.permit.Permit;
import org.vauban.permit.PermitState;
import org.vauban.permit.Permits;
import org.vauban.permit.ProjectId;
import org.vauban.print.Printed;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** The project spaces: their analyses and exact results. */
public final class Projects {
    private static final String RESULTS = "analysis/results";
    private static final String EVIDENCE = "analysis/evidence";

    private final ControlPlane control;
    private final Journal journal;
    private final Bodies bodies;
    private final Permits permits;
    private final Keys keys;
    private final Clock clock;
    /** What this process computes: nobody else may call it interrupted. */
    private final Set<AnalysisId> underWay = ConcurrentHashMap.newKeySet();

    public Projects(ControlPlane control, Journal journal, Bodies bodies, Permits permits, Keys keys, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.bodies = bodies;
        this.permits = permits;
        this.keys = keys;
        this.clock = clock;
    }

    /** What was decided about one output of an analysis. */
    public record OutputVerdict(String output, String name, String kind, Verdict verdict) {}

    /** The analysis that an act begins; its name is known before anything is read. */
    public AnalysisId begin(Act act, Actor author, Grant grant) {
        var id = new AnalysisId(RandomName.id('r'));
        underWay.add(id);
        control.change(sql -> sql.sql("insert into analysis (id, project, author, edition, state, begun, entry)"
                        + " values (:id, :project, :author, :edition, 'running', :now, :entry)")
                .param("id", id.value())
                .param("project", grant.project().value())
                .param("author", author.account().value())
                .param("edition", grant.edition().value())
                .param("now", clock.instant().toString())
                .param("entry", act.entry())
                .update());
        return id;
    }

    /**
     * Keeps the results of an analysis and the verdict on each, and concludes its act, in one transaction. The project space gets
     * the results under its own pseudonyms; the warehouse keeps the persons behind cleared cells, for checks across outputs.
     */
    public List<OutputVerdict> conclude(
            Act act, AnalysisId analysis, Grant grant, List<RawOutput> outputs, List<Verdict> verdicts) {
        String results;
        try (var pseudonyms = new Pseudonyms(keys, grant.project(), permits.lease(grant))) {
            results = bodies.sealBytes(
                    Keys.ofProjectSpace(grant.project().value()),
                    RESULTS,
                    RawOutputs.write(outputs.stream()
                            .map(output -> RawOutputs.renamed(output, pseudonyms))
                            .toList()));
        }
        String evidence = bodies.sealBytes(EVIDENCE, RawOutputs.write(outputs));
        List<OutputVerdict> decided = new java.util.ArrayList<>();
        for (int index = 0; index < outputs.size(); index++) {
            RawOutput output = outputs.get(index);
            decided.add(new OutputVerdict(RandomName.id('o'), output.name(), kind(output), verdicts.get(index)));
        }
        long cleared = decided.stream()
                .filter(each -> each.verdict() instanceof Cleared)
                .count();
        journal.conclude(
                act,
                "done",
                Map.of(
                        "outputs", String.valueOf(decided.size()),
                        "cleared", String.valueOf(cleared)),
                (sql, entry) -> {
                    sql.sql("update analysis set state = 'done', ended = :now, content = :content where id = :id")
                            .param("now", clock.instant().toString())
                            .param("content", results + ' ' + evidence)
                            .param("id", analysis.value())
                            .update();
                    for (OutputVerdict each : decided) {
                        sql.sql("insert into output (id, analysis, name, kind, verdict, digest, state, entry)"
                                        + " values (:id, :analysis, :name, :kind, :verdict, :digest, 'inside', :entry)")
                                .param("id", each.output())
                                .param("analysis", analysis.value())
                                .param("name", each.name())
                                .param("kind", each.kind())
                                .param("verdict", word(each.verdict()))
                                .param("digest", digest(each.verdict()))
                                .param("entry", entry)
                                .update();
                    }
                    return true;
                });
        underWay.remove(analysis);
        return List.copyOf(decided);
    }

    /** What the project of a grant calls persons and rows; to be closed. */
    public ProjectNames names(Grant grant, Lease lease) {
        return new ProjectNames(keys, grant.project(), lease);
    }

    /**
     * Concludes an act that came to nothing: cancelled or failed, without a result. Does nothing when its results are kept already and only
     * the log's answer is missing.
     */
    public void abandon(Act act, AnalysisId analysis, boolean cancelled, String reason) {
        try {
            if (isRunning(analysis)) {
                end(act, analysis, cancelled ? "cancelled" : "failed", reason);
            }
        } finally {
            underWay.remove(analysis);
        }
    }

    private boolean isRunning(AnalysisId analysis) {
        return control.read(sql -> sql.sql("select state from analysis where id = :id")
                        .param("id", analysis.value())
                        .query(String.class)
                        .single())
                .equals("running");
    }

    private void end(Act act, AnalysisId analysis, String state, String reason) {
        journal.conclude(
                act,
                state,
                Map.of("reason", reason),
                (sql, _) -> sql.sql("update analysis set state = :state, ended = :now where id = :id")
                        .param("state", state)
                        .param("now", clock.instant().toString())
                        .param("id", analysis.value())
                        .update());
    }

    /** Analyses that were running when the hub stopped came to nothing; the log gets their conclusion. */
    public void recover() {
        record Interrupted(String id, String author, long entry, long logIndex, String project) {}
        List<Interrupted> interrupted =
                control.read(sql -> sql.sql("select a.id, a.author, a.entry, j.log_index, a.project"
                                + " from analysis a join journal_entry j on j.id = a.entry"
                                + " where a.state = 'running' and j.log_index is not null")
                        .query(Interrupted.class)
                        .list());
        for (Interrupted each : interrupted) {
            if (underWay.contains(new AnalysisId(each.id()))) {
                continue;
            }
            Entry subject = Entry.of("analysis", each.author(), each.project());
            abandon(new Act(each.entry(), each.logIndex(), subject), new AnalysisId(each.id()), false, "interrupted");
        }
    }

    /** The analyses of the projects that an actor may enter. */
    public List<Analysis> list(Actor actor, ProjectId project) {
        entered(actor, project);
        record Row(String id, String project, String author, String edition, String state, String begun) {}
        return control
                .read(sql -> sql.sql("select id, project, author, edition, state, begun from analysis"
                                + " where project = :project order by begun, id")
                        .param("project", project.value())
                        .query(Row.class)
                        .list())
                .stream()
                .map(row -> new Analysis(
                        new AnalysisId(row.id()),
                        new ProjectId(row.project()),
                        new AccountId(row.author()),
                        new EditionId(row.edition()),
                        row.state(),
                        Instant.parse(row.begun())))
                .toList();
    }

    /** The exact results, for people of the project, inside the project, while the permit lasts. Looking is an act too. */
    public List<RawOutput> results(Actor actor, ProjectId project, AnalysisId analysis) {
        Permit permit = entered(actor, project);
        String content = content(analysis, Optional.of(project));
        journal.enter(
                Entry.of("results-viewed", actor.account().value(), analysis.value())
                        .under(permit.id().value(), permit.terms().purpose().word()),
                (_, _) -> true);
        return RawOutputs.read(bodies.openBytes(
                Keys.ofProjectSpace(project.value()), RESULTS, content.substring(0, content.indexOf(' '))));
    }

    /** The exact results with the edition's own person ids: for disclosure control, in the warehouse zone only. */
    public List<RawOutput> evidence(AnalysisId analysis) {
        String content = content(analysis, Optional.empty());
        return RawOutputs.read(bodies.openBytes(EVIDENCE, content.substring(content.indexOf(' ') + 1)));
    }

    private Permit entered(Actor actor, ProjectId project) {
        Permit permit = permits.find(project)
                .filter(found -> permits.names(found.id(), actor.account()))
                .orElseThrow(() -> Problem.of(ProblemCode.PERMIT_REQUIRED)
                        .expected(Phrase.A_PERMIT_THAT_NAMES_YOU.with(project))
                        .found("none")
                        .exception());
        if (permit.state() != PermitState.GRANTED) {
            throw Problem.of(ProblemCode.PERMIT_NOT_ACTIVE)
                    .with("permit", permit.id())
                    .found(permit.state().word())
                    .exception();
        }
        if (!clock.instant().isBefore(permit.endsAt())) {
            throw Problem.of(ProblemCode.PERMIT_EXPIRED)
                    .with("permit", permit.id())
                    .found(permit.terms().end())
                    .exception();
        }
        return permit;
    }

    private String content(AnalysisId analysis, Optional<ProjectId> project) {
        return control.read(sql -> sql.sql("select content from analysis where id = :id and state = 'done'"
                                + " and (:project = '' or project = :project)")
                        .param("id", analysis.value())
                        .param("project", project.map(ProjectId::value).orElse(""))
                        .query(String.class)
                        .optional())
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND)
                        .with("what", "finished analysis")
                        .found(analysis)
                        .exception());
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Cleared _ -> "cleared";
            case Withheld _ -> "withheld";
        };
    }

    private static String digest(Verdict verdict) {
        return switch (verdict) {
            case Cleared cleared -> Printed.digest(cleared.content());
            case Withheld _ -> "";
        };
    }

    private static String kind(RawOutput output) {
        return switch (output) {
            case FrequencyTable _ -> "frequency-table";
            case MagnitudeTable _ -> "magnitude-table";
            case AttritionFlow _ -> "attrition-flow";
            case SurvivalCurves _ -> "survival-curves";
            case EffectEstimates _ -> "effect-estimates";
            case CovariateBalance _ -> "covariate-balance";
            case Occurrences _ -> "occurrences";
            case Features _ -> "features";
            case DesignChecks _ -> "design-checks";
            case Distributions _ -> "distributions";
            case Pathways _ -> "pathways";
        };
    }
}
