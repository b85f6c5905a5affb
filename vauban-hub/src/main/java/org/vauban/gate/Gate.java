package org.vauban.gate;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.custody.Lease;
import org.vauban.disclosure.Disclosure;
import org.vauban.disclosure.DisclosureRules;
import org.vauban.disclosure.Verdict;
import org.vauban.journal.Act;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.output.RawOutput;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Grant;
import org.vauban.permit.Permits;
import org.vauban.permit.Purpose;
import org.vauban.permit.Scope;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.project.AnalysisId;
import org.vauban.project.Projects;
import org.vauban.project.Projects.OutputVerdict;
import org.vauban.publication.Publications;
import org.vauban.study.StudyDefinition;
import org.vauban.study.StudyPlan;
import org.vauban.study.StudyPlanner;
import org.vauban.study.StudyRunner;

/** Runs a study on an edition: permit, log, evaluation, disclosure control, log. There is no other way to an evaluator. */
public final class Gate {
    private final Permits permits;
    private final Journal journal;
    private final Publications publications;
    private final Projects projects;
    private final CohortEvaluator evaluator;
    private final Clock clock;

    public Gate(
            Permits permits,
            Journal journal,
            Publications publications,
            Projects projects,
            CohortEvaluator evaluator,
            Clock clock) {
        this.permits = permits;
        this.journal = journal;
        this.publications = publications;
        this.projects = projects;
        this.evaluator = evaluator;
        this.clock = clock;
    }

    /**
     * Runs a study and keeps its exact results in the project space.
     *
     * @return names and verdicts, no result
     * @throws ProblemException a refusal, which is entered in the log, also when the permit ends while this runs; or {@code CANCELLED}, after which nothing is kept
     */
    public Receipt run(Actor actor, StudyRequest request, EvaluationProgress progress) {
        actor.require(Role.RESEARCHER);
        StudyPlan plan = StudyPlanner.plan(StudyDefinition.read(request.study()));
        Grant grant = permits.require(actor, request.project(), scope(request, plan), clock.instant());
        Act act = journal.begin(analysis(actor, grant, plan));
        AnalysisId analysis = projects.begin(act, actor, grant);
        Lease lease = permits.lease(grant);
        var watch = new PermitWatch(permits, grant, lease, clock, progress);
        try {
            List<RawOutput> raw = evaluate(plan, grant, lease, watch);
            watch.lapse().ifPresent(Gate::refuse);
            List<Verdict> verdicts = review(raw, grant.disclosureRules());
            return receipt(analysis, grant, plan, act, projects.conclude(act, analysis, grant, raw, verdicts));
        } catch (ProblemException stopped) {
            // Whoever asks is told that the permit ended, not that somebody cancelled.
            ProblemException failed = watch.lapse().map(Problem::exception).orElse(stopped);
            projects.abandon(
                    act,
                    analysis,
                    failed.code() == ProblemCode.CANCELLED,
                    failed.code().name());
            throw failed;
        } catch (RuntimeException failed) {
            projects.abandon(act, analysis, false, failed.getClass().getSimpleName());
            throw failed;
        }
    }

    private static void refuse(Problem lapse) {
        throw lapse.exception();
    }

    private static Scope scope(StudyRequest request, StudyPlan plan) {
        Optional<Purpose> purpose = plan.definition()
                .purpose()
                .map(word -> Purpose.named(word)
                        .orElseThrow(() -> Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                                .with("field", "purpose")
                                .expected(Purpose.words())
                                .found(word)
                                .at(Place.file(request.study().toString()))
                                .exception()));
        return new Scope(
                request.edition(),
                plan.needs(),
                Optional.of(plan.period()),
                purpose,
                plan.lookBack().map(StudyPlan.LookBack::toString));
    }

    private static Entry analysis(Actor actor, Grant grant, StudyPlan plan) {
        Map<String, String> body = new TreeMap<>(grant.described());
        body.put("study", plan.definition().name());
        body.put("study-hash", plan.definition().hashes().study());
        return Entry.of("analysis", actor.account().value(), grant.project().value())
                .under(grant.permit().value(), grant.purpose().word())
                .body(body);
    }

    private List<RawOutput> evaluate(StudyPlan plan, Grant grant, Lease lease, EvaluationProgress progress) {
        return StudyRunner.run(plan, publications.read(grant, lease, progress), evaluator, progress)
                .outputs();
    }

    private static List<Verdict> review(List<RawOutput> outputs, DisclosureRules rules) {
        List<Verdict> verdicts = new ArrayList<>();
        outputs.forEach(output -> verdicts.add(Disclosure.review(output, rules)));
        return List.copyOf(verdicts);
    }

    private static Receipt receipt(
            AnalysisId analysis, Grant grant, StudyPlan plan, Act act, List<OutputVerdict> outputs) {
        return new Receipt(
                analysis,
                grant.project(),
                grant.permit(),
                grant.edition(),
                plan.definition().hashes().study(),
                act.index(),
                outputs);
    }
}
