package org.vauban.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vauban.app.laboratory.OpenLaboratory;
import org.vauban.gate.Receipt;
import org.vauban.gate.StudyRequest;
import org.vauban.hub.Hub;
import org.vauban.omop.EditionId;
import org.vauban.permit.ProjectId;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code study}: on one's own open folder, or on an edition through the gate. */
final class StudyVerbs {
    private StudyVerbs() {}

    static List<Branch> studies() {
        return List.of(Branch.verb("run", () -> new Run()));
    }

    /** Runs a study. In the hub it leaves a receipt; in the open laboratory, the results. */
    static final class Run extends HubVerb {
        @Parameters(paramLabel = "STUDY.yaml", descriptionKey = "STUDY.yaml")
        Path study = Path.of("");

        @Option(names = "--cdm", paramLabel = "DIR")
        Optional<Path> cdm = Optional.empty();

        @Option(names = "--edition", paramLabel = "E")
        Optional<String> edition = Optional.empty();

        @Option(names = "--project", paramLabel = "P")
        Optional<String> project = Optional.empty();

        @Option(names = "--out", paramLabel = "DIR")
        Optional<Path> out = Optional.empty();

        /** On one's own folder there is no hub to open. */
        @Override
        protected Optional<Answer> actWithoutHub(Call call) {
            boolean laboratory = cdm.isPresent() && edition.isEmpty() && project.isEmpty() && out.isPresent();
            if (laboratory) {
                Path folder = call.resolve(out.orElseThrow());
                OpenLaboratory.Studied studied = OpenLaboratory.study(
                        call.resolve(cdm.orElseThrow()),
                        home.home(call),
                        call.resolve(study),
                        folder,
                        call.words().language(),
                        Version.text(),
                        Clock.systemUTC(),
                        new BucketWatch(call));
                UnknownConcepts.warn(call, studied.vocabulary(), studied.cohorts());
                return Optional.of(Answer.of(
                        Answer.document(
                                "out", folder.toString(),
                                "vocabulary", UnknownConcepts.origin(studied.vocabulary()),
                                "unknown_concepts", unknown(studied),
                                "files",
                                        studied.files().stream()
                                                .map(Path::toString)
                                                .toList()),
                        call.words().say("study.written", folder)));
            }
            if (cdm.isPresent() || edition.isEmpty()) {
                throw Problem.of(ProblemCode.USAGE)
                        .expected(call.words().say("study.either"))
                        .found(call.words().say("usage.something-else"))
                        .exception();
            }
            return Optional.empty();
        }

        private static Map<String, @Nullable Object> unknown(OpenLaboratory.Studied studied) {
            Map<String, @Nullable Object> unknown = new LinkedHashMap<>();
            for (int cohort = 0; cohort < studied.cohorts().size(); cohort++) {
                unknown.put(
                        studied.cohorts().get(cohort),
                        UnknownConcepts.documents(studied.vocabulary().unknown().get(cohort)));
            }
            return unknown;
        }

        @Override
        protected Answer act(Hub hub, Call call) {
            ProjectId space = project.map(name -> Names.of("project", name, call.words(), ProjectId::new))
                    .orElseThrow(() -> Problem.of(ProblemCode.PERMIT_REQUIRED)
                            .expected("--project P")
                            .found(call.words().say("usage.nothing"))
                            .exception());
            EditionId read = Names.of("edition", edition.orElseThrow(), call.words(), EditionId::new);
            Receipt receipt = hub.gate()
                    .run(actor(hub, call), new StudyRequest(call.resolve(study), read, space), new BucketWatch(call));
            Map<String, @Nullable Object> document = Receipts.document(receipt);
            out.ifPresent(folder -> write(document, call.resolve(folder)));
            return Answer.of(document, Receipts.lines(receipt, call));
        }

        private static void write(Map<String, @Nullable Object> document, Path folder) {
            try {
                Files.createDirectories(folder);
                Files.writeString(folder.resolve("receipt.json"), JsonText.of(document) + "\n");
            } catch (IOException unwritable) {
                throw Problem.of(ProblemCode.OUTPUT_EXISTS)
                        .expected(Phrase.A_WRITABLE_FOLDER)
                        .found(unwritable.getClass().getSimpleName())
                        .at(Place.file(folder.toString()))
                        .exception(unwritable);
            }
        }
    }
}
