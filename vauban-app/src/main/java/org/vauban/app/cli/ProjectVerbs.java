package org.vauban.app.cli;

import java.util.ArrayList;
import java.util.List;
import org.vauban.hub.Hub;
import org.vauban.output.RawOutput;
import org.vauban.people.Actor;
import org.vauban.permit.Permit;
import org.vauban.permit.ProjectId;
import org.vauban.problem.ProblemException;
import org.vauban.problem.ProblemKind;
import org.vauban.project.Analysis;
import org.vauban.project.AnalysisId;
import picocli.CommandLine.Parameters;

/** {@code project}: inside the project space, where results are exact. */
final class ProjectVerbs {
    private ProjectVerbs() {}

    static List<Branch> projects() {
        return List.of(Branch.verb("list", () -> new ListAnalyses()), Branch.verb("results", () -> new Results()));
    }

    /** The analyses of one's projects. */
    static final class ListAnalyses extends HubVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            Actor actor = actor(hub, call);
            List<Analysis> analyses = new ArrayList<>();
            for (Permit permit : hub.permits().list(actor)) {
                try {
                    analyses.addAll(hub.projects().list(actor, permit.project()));
                } catch (ProblemException refused) {
                    // Not named, not granted or ended: then there is no space to enter, which is no fault of the list.
                    if (refused.code().kind() != ProblemKind.REFUSAL) {
                        throw refused;
                    }
                }
            }
            return Answer.of(
                    Answer.document(
                            "analyses",
                            analyses.stream()
                                    .map(analysis -> Answer.document(
                                            "analysis", analysis.id().value(),
                                            "project", analysis.project().value(),
                                            "edition", analysis.edition().value(),
                                            "state", analysis.state(),
                                            "begun", analysis.begun().toString()))
                                    .toList()),
                    analyses.stream()
                            .map(analysis -> Columns.line(
                                    analysis.id(),
                                    analysis.project(),
                                    analysis.edition(),
                                    analysis.state(),
                                    analysis.begun()))
                            .toList());
        }
    }

    /** The exact results of one analysis, for people of the project. Looking is an act. */
    static final class Results extends HubVerb {
        @Parameters(index = "0", paramLabel = "PROJECT", descriptionKey = "PROJECT")
        String project = "";

        @Parameters(index = "1", paramLabel = "ANALYSIS", descriptionKey = "ANALYSIS")
        String analysis = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            AnalysisId id = Names.of("analysis", analysis, call.words(), AnalysisId::new);
            List<RawOutput> outputs = hub.projects()
                    .results(actor(hub, call), Names.of("project", project, call.words(), ProjectId::new), id);
            return Answer.of(
                    Answer.document(
                            "analysis", id.value(),
                            "outputs",
                                    outputs.stream().map(ExactResults::document).toList()),
                    outputs.stream()
                            .flatMap(output -> ExactResults.lines(output).stream())
                            .toList());
        }
    }
}
