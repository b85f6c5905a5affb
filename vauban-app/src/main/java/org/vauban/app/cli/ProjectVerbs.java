package org.vauban.app.cli;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vauban.hub.Hub;
import org.vauban.output.RawOutput;
import org.vauban.people.AccountId;
import org.vauban.people.Actor;
import org.vauban.permit.Permit;
import org.vauban.permit.PermitId;
import org.vauban.permit.ProjectId;
import org.vauban.problem.ProblemException;
import org.vauban.problem.ProblemKind;
import org.vauban.project.Analysis;
import org.vauban.project.AnalysisId;
import org.vauban.project.DestructionCertificate;
import org.vauban.project.Ending;
import picocli.CommandLine.Parameters;

/** {@code project}: inside the project space, where results are exact. */
final class ProjectVerbs {
    private ProjectVerbs() {}

    static List<Branch> projects() {
        return List.of(
                Branch.verb("list", () -> new ListAnalyses()),
                Branch.verb("results", () -> new Results()),
                Branch.verb("ended", () -> new Ended()),
                Branch.verb("destroy", () -> new Destroy()),
                Branch.verb("certificate", () -> new Certificate()));
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

    /** The projects that have ended. */
    static final class Ended extends HubVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            List<Ending> endings = hub.endings().list(actor(hub, call));
            LocalDate today = LocalDate.ofInstant(hub.clock().instant(), ZoneOffset.UTC);
            return Answer.of(
                    Answer.document(
                            "projects",
                            endings.stream()
                                    .map(ending -> document(ending, today))
                                    .toList()),
                    endings.isEmpty()
                            ? List.of(call.words().say("project.ended.none"))
                            : endings.stream()
                                    .map(ending -> line(ending, today, call.words()))
                                    .toList());
        }
    }

    /** The first of two people asks, the second decides; then the keys of the space are destroyed. */
    static final class Destroy extends HubVerb {
        @Parameters(index = "0", paramLabel = "PROJECT", descriptionKey = "PROJECT")
        String project = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            Ending ending =
                    hub.endings().destroy(actor(hub, call), Names.of("project", project, call.words(), ProjectId::new));
            LocalDate today = LocalDate.ofInstant(hub.clock().instant(), ZoneOffset.UTC);
            return Answer.of(document(ending, today), List.of(line(ending, today, call.words())));
        }
    }

    /** Proof that a space was destroyed. */
    static final class Certificate extends HubVerb {
        @Parameters(index = "0", paramLabel = "PROJECT", descriptionKey = "PROJECT")
        String project = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            actor(hub, call);
            DestructionCertificate certificate =
                    hub.endings().certificate(Names.of("project", project, call.words(), ProjectId::new));
            List<String> lines = new ArrayList<>(certificate.text().lines().toList());
            lines.add(call.words().say("project.certificate.signature", certificate.signature()));
            lines.add(call.words().say("project.certificate.key", certificate.publicKey()));
            return Answer.of(
                    Answer.document(
                            "certificate", certificate.text(),
                            "signature", certificate.signature(),
                            "public_key", certificate.publicKey()),
                    lines);
        }
    }

    private static Map<String, @Nullable Object> document(Ending ending, LocalDate today) {
        return Answer.document(
                "project", ending.project().value(),
                "permits", ending.permits().stream().map(PermitId::value).toList(),
                "ended", ending.ended().toString(),
                "due", ending.due().toString(),
                "overdue", ending.isOverdue(today),
                "state", ending.state().word(),
                "asked_by", ending.askedBy().map(AccountId::value).orElse(null));
    }

    private static String line(Ending ending, LocalDate today, Words words) {
        String state = words.say(
                "project.ended.state." + ending.state().word(),
                ending.due(),
                ending.askedBy().map(AccountId::value).orElse(""));
        return ending.isOverdue(today)
                ? Columns.line(
                        ending.project(), ending.ended(), state, words.say("project.ended.overdue", ending.due()))
                : Columns.line(ending.project(), ending.ended(), state);
    }
}
