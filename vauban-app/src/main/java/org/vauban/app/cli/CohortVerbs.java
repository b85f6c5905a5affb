package org.vauban.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vauban.app.laboratory.OpenLaboratory;
import org.vauban.app.laboratory.VocabularyUse;
import org.vauban.cohort.Attrition;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.CohortEntries;
import org.vauban.cohort.CohortResult;
import org.vauban.cohort.CohortResults;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.problem.Problems;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cohort}: definitions in Circe JSON, evaluated on the caller's own folder. */
final class CohortVerbs {
    private CohortVerbs() {}

    static List<Branch> cohorts() {
        return List.of(Branch.verb("run", () -> new Run()), Branch.verb("check", () -> new Check()));
    }

    /** A definition with the number that its rows carry. */
    private record Numbered(long id, Path file, CohortDefinition definition) {}

    static final class Run extends LocalVerb {
        @Parameters(arity = "1..*", paramLabel = "FILE", descriptionKey = "DEFINITIONS")
        List<Path> files = List.of();

        @Option(names = "--cdm", paramLabel = "DIR", required = true)
        Path cdm = Path.of("");

        @Option(names = "--out", paramLabel = "FILE", required = true)
        Path out = Path.of("");

        @Option(names = "--engine", paramLabel = "local|reference")
        OpenLaboratory.Engine engine = OpenLaboratory.Engine.LOCAL;

        @Option(names = "--home", paramLabel = "DIR")
        String home = "";

        @Override
        protected Answer act(Call call) {
            List<Numbered> definitions = read(files.stream().map(call::resolve).toList());
            OpenLaboratory.Evaluated evaluated = OpenLaboratory.cohorts(
                    call.resolve(cdm),
                    Settings.home(call, home),
                    definitions.stream().map(Numbered::definition).toList(),
                    engine,
                    EvaluationProgress.SILENT);
            write(definitions, evaluated.results(), call.resolve(out));
            UnknownConcepts.warn(call, evaluated.vocabulary(), names(definitions));
            return answer(definitions, evaluated, call);
        }

        private static Answer answer(List<Numbered> definitions, OpenLaboratory.Evaluated evaluated, Call call) {
            CohortResults results = evaluated.results();
            List<Map<String, @Nullable Object>> documents = new ArrayList<>();
            List<String> lines = new ArrayList<>();
            for (int index = 0; index < definitions.size(); index++) {
                CohortResult result = results.result(index);
                documents.add(Answer.document(
                        "cohort_definition_id", definitions.get(index).id(),
                        "name", result.name(),
                        "entries", result.entries().size(),
                        "persons", result.entries().numberOfPersons(),
                        "milliseconds", result.milliseconds(),
                        "attrition", attrition(result.attrition()),
                        "unknown_concepts",
                                UnknownConcepts.documents(
                                        evaluated.vocabulary().unknown().get(index))));
                lines.add(Columns.line(
                        definitions.get(index).id(),
                        call.words().say("cohort.entries", result.entries().size()),
                        call.words().say("cohort.persons", result.entries().numberOfPersons()),
                        result.name()));
            }
            return Answer.of(
                    Answer.document(
                            "vocabulary",
                            UnknownConcepts.origin(evaluated.vocabulary()),
                            "definitions",
                            documents),
                    lines);
        }

        private static Map<String, @Nullable Object> attrition(Attrition attrition) {
            return Answer.document(
                    "qualified_events", attrition.qualifiedEvents(),
                    "qualified_persons", attrition.qualifiedPersons(),
                    "rules",
                            attrition.steps().stream()
                                    .map(step -> Answer.document(
                                            "rule", step.rule(),
                                            "events_meeting", step.eventsMeeting(),
                                            "persons_meeting", step.personsMeeting(),
                                            "events_after", step.eventsAfter(),
                                            "persons_after", step.personsAfter()))
                                    .toList(),
                    "included_events", attrition.includedEvents(),
                    "included_persons", attrition.includedPersons());
        }

        /** Rows by definition, then person, then first day. */
        private static void write(List<Numbered> definitions, CohortResults results, Path out) {
            try {
                if (out.getParent() != null) {
                    Files.createDirectories(out.getParent());
                }
                try (var rows = Files.newBufferedWriter(out)) {
                    rows.write("cohort_definition_id,subject_id,cohort_start_date,cohort_end_date\n");
                    List<Integer> byId = Stream.iterate(0, index -> index + 1)
                            .limit(definitions.size())
                            .sorted(java.util.Comparator.comparingLong(
                                    index -> definitions.get(index).id()))
                            .toList();
                    for (int index : byId) {
                        CohortEntries entries = results.result(index).entries();
                        for (int entry = 0; entry < entries.size(); entry++) {
                            rows.write(definitions.get(index).id() + "," + entries.person(entry) + ","
                                    + LocalDate.ofEpochDay(entries.startDay(entry)) + ","
                                    + LocalDate.ofEpochDay(entries.endDay(entry)) + "\n");
                        }
                    }
                }
            } catch (IOException unwritable) {
                throw Problem.of(ProblemCode.OUTPUT_EXISTS)
                        .expected("a file that can be written")
                        .found(unwritable.getClass().getSimpleName())
                        .at(Place.file(out.toString()))
                        .exception(unwritable);
            }
        }
    }

    /** Reads definitions and reports what is wrong with them. */
    static final class Check extends LocalVerb {
        @Parameters(arity = "1..*", paramLabel = "FILE", descriptionKey = "DEFINITIONS")
        List<Path> files = List.of();

        @Option(names = "--cdm", paramLabel = "DIR")
        Optional<Path> cdm = Optional.empty();

        @Option(names = "--home", paramLabel = "DIR")
        String home = "";

        @Override
        protected Answer act(Call call) {
            List<Numbered> definitions = read(files.stream().map(call::resolve).toList());
            Optional<VocabularyUse> vocabulary = cdm.map(folder -> OpenLaboratory.vocabulary(
                    call.resolve(folder),
                    Settings.home(call, home),
                    definitions.stream().map(Numbered::definition).toList()));
            vocabulary.ifPresent(use -> UnknownConcepts.warn(call, use, names(definitions)));
            return Answer.of(
                    Answer.document(
                            "definitions",
                            definitions.stream()
                                    .map(each -> Answer.document(
                                            "cohort_definition_id", each.id(),
                                            "name", each.definition().name(),
                                            "file", each.file().toString(),
                                            "unknown_concepts",
                                                    vocabulary
                                                            .map(use -> UnknownConcepts.documents(
                                                                    use.unknown().get(definitions.indexOf(each))))
                                                            .orElse(null)))
                                    .toList()),
                    definitions.stream()
                            .map(each -> Columns.line(
                                    each.id(),
                                    call.words().say("cohort.sound"),
                                    each.definition().name()))
                            .toList());
        }
    }

    private static List<String> names(List<Numbered> definitions) {
        return definitions.stream().map(each -> each.definition().name()).toList();
    }

    private static final Pattern DIGITS = Pattern.compile("^(\\d{1,18})");

    /** Reads all definitions and reports all their problems together. The id is the digits a file's name begins with, else its order. */
    private static List<Numbered> read(List<Path> given) {
        List<Numbered> definitions = new ArrayList<>();
        var problems = new Problems();
        for (Path file : given.stream().flatMap(CohortVerbs::definitionFiles).toList()) {
            Matcher digits =
                    DIGITS.matcher(Objects.requireNonNull(file.getFileName()).toString());
            long id = digits.find() ? Long.parseLong(digits.group(1)) : definitions.size() + 1L;
            try {
                definitions.add(new Numbered(id, file, CohortDefinition.read(file)));
            } catch (ProblemException wrong) {
                wrong.problems().forEach(problems::add);
            }
        }
        problems.throwIfAny();
        if (definitions.isEmpty()) {
            throw Problem.of(ProblemCode.NOT_FOUND)
                    .with("what", "definition in")
                    .found(given.getFirst())
                    .exception();
        }
        return definitions;
    }

    private static Stream<Path> definitionFiles(Path given) {
        if (!Files.isDirectory(given)) {
            return Stream.of(given);
        }
        try (Stream<Path> files = Files.list(given)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
