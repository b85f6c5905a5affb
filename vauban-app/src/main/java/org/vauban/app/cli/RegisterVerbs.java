package org.vauban.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vauban.hub.Hub;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.register.PublicPermit;
import org.vauban.register.ReleasedDocument;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code register}: what everybody may read; asks for no session. */
final class RegisterVerbs {
    private RegisterVerbs() {}

    static List<Branch> register() {
        return List.of(Branch.verb("list", () -> new ListRegister()), Branch.verb("show", () -> new Show()));
    }

    /** Lists granted permits and released outputs; with {@code --out}, writes the released files. */
    static final class ListRegister extends HubVerb {
        @Option(names = "--out", paramLabel = "DIR")
        Optional<Path> out = Optional.empty();

        @Override
        protected Answer act(Hub hub, Call call) {
            String language = call.words().language().getLanguage();
            List<PublicPermit> permits = hub.register().permits();
            List<ReleasedDocument> released = hub.register().documents();
            out.ifPresent(folder -> ReleasedFiles.write(released, call.resolve(folder)));
            List<String> lines = new ArrayList<>();
            permits.forEach(permit -> lines.add(Columns.line(
                    permit.permit(),
                    permit.state(),
                    permit.end(),
                    permit.title().getOrDefault(language, ""))));
            released.forEach(document -> lines.add(Columns.line(
                    document.output(),
                    call.words().say("output.state.released"),
                    document.released(),
                    document.title().getOrDefault(language, document.name()))));
            return Answer.of(
                    Answer.document(
                            "permits",
                            permits.stream()
                                    .map(permit -> Answer.document(
                                            "permit", permit.permit(),
                                            "project", permit.project(),
                                            "state", permit.state(),
                                            "title", permit.title(),
                                            "organisation", permit.organisation(),
                                            "purpose", permit.purpose(),
                                            "end", permit.end().toString()))
                                    .toList(),
                            "outputs",
                            released.stream()
                                    .map(document -> Answer.document(
                                            "output", document.output(),
                                            "analysis", document.analysis(),
                                            "permit", document.permit(),
                                            "edition", document.edition(),
                                            "kind", document.kind(),
                                            "name", document.name(),
                                            "released", document.released().toString(),
                                            "digest", document.digest(),
                                            "log_index", document.logIndex(),
                                            "file", document.fileName()))
                                    .toList()),
                    lines);
        }
    }

    /** One released output, with its figure and table as they were drawn at release. */
    static final class Show extends HubVerb {
        @Parameters(paramLabel = "OUTPUT", descriptionKey = "OUTPUT")
        String output = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            ReleasedDocument document = hub.register()
                    .document(output)
                    .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND)
                            .with("what", call.words().say("thing.output"))
                            .found(output)
                            .exception());
            return Answer.of(
                    Answer.document(
                            "output", document.output(),
                            "analysis", document.analysis(),
                            "kind", document.kind(),
                            "name", document.name(),
                            "title", document.title(),
                            "figure", document.figure(),
                            "table", document.table(),
                            "csv", document.csv()),
                    document.csv().stripTrailing());
        }
    }
}
