package org.vauban.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vauban.app.laboratory.OpenLaboratory;
import org.vauban.app.laboratory.VocabularyUse;
import org.vauban.cohort.Attrition;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.CohortResult;
import org.vauban.cohort.CohortResults;
import org.vauban.cohort.check.CohortCheck;
import org.vauban.cohort.explain.CohortExplainer;
import org.vauban.cohort.explain.Explanation;
import org.vauban.document.Documents;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.problem.ProblemKind;
import org.vauban.problem.Problems;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cohort}: definitions in Circe JSON, evaluated on the caller's own folder. */
final class CohortVerbs {
    private CohortVerbs() {}

    static List<Branch> cohorts() {
        return List.of(
                Branch.verb("run", () -> new Run()),
                Branch.verb("check", () -> new Check()),
                Branch.verb("explain", () -> new Explain()));
    }

    /** A definition with the number that its rows carry. */
    record Numbered(long id, Path file, CohortDefinition definition) {}

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
            OpenLaboratory.expect();
            List<Numbered> definitions = read(files.stream().map(call::resolve).toList());
            OpenLaboratory.Evaluated evaluated = OpenLaboratory.cohorts(
                    call.resolve(cdm),
                    Settings.home(call, home),
                    definitions.stream().map(Numbered::definition).toList(),
                    engine,
                    new BucketWatch(call));
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
                            "vocabulary", UnknownConcepts.origin(evaluated.vocabulary()), "definitions", documents),
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
                                            "events_lost_to_it_alone", step.eventsLostToItAlone(),
                                            "persons_lost_to_it_alone", step.personsLostToItAlone(),
                                            "events_after", step.eventsAfter(),
                                            "persons_after", step.personsAfter()))
                                    .toList(),
                    "intersections", intersections(attrition),
                    "included_events", attrition.includedEvents(),
                    "included_persons", attrition.includedPersons());
        }

        /** Which rules are met together. Bit {@code i} of a mask stands for rule {@code i}; a person counts by the best event. */
        private static List<Map<String, @Nullable Object>> intersections(Attrition attrition) {
            Map<Long, Long> persons = attrition.bestEventsByMask();
            return attrition.eventsByMask().entrySet().stream()
                    .map(events -> Answer.document(
                            "mask", events.getKey(),
                            "rules_met", rulesMet(events.getKey(), attrition.rules()),
                            "events", events.getValue(),
                            "persons", persons.getOrDefault(events.getKey(), 0L)))
                    .toList();
        }

        private static List<String> rulesMet(long mask, List<String> rules) {
            return IntStream.range(0, rules.size())
                    .filter(rule -> (mask >> rule & 1) == 1)
                    .mapToObj(rules::get)
                    .toList();
        }

        /** Rows by definition, then person, then first day. */
        private static void write(List<Numbered> definitions, CohortResults results, Path out) {
            try {
                if (out.getParent() != null) {
                    Files.createDirectories(out.getParent());
                }
                List<Integer> byId = IntStream.range(0, definitions.size())
                        .boxed()
                        .sorted(Comparator.comparingLong(
                                index -> definitions.get(index).id()))
                        .toList();
                try (var rows = CohortRows.into(out)) {
                    for (int index : byId) {
                        rows.add(
                                definitions.get(index).id(),
                                results.result(index).entries());
                    }
                }
            } catch (IOException unwritable) {
                throw Problem.of(ProblemCode.OUTPUT_EXISTS)
                        .expected(Phrase.A_WRITABLE_FILE)
                        .found(unwritable.getClass().getSimpleName())
                        .at(Place.file(out.toString()))
                        .exception(unwritable);
            }
        }
    }

    /** Reads definitions; reports what is wrong with them, or else what is probably not meant. */
    static final class Check extends LocalVerb {
        @Parameters(arity = "1..*", paramLabel = "FILE", descriptionKey = "DEFINITIONS")
        List<Path> files = List.of();

        @Option(names = "--cdm", paramLabel = "DIR")
        Optional<Path> cdm = Optional.empty();

        @Option(names = "--home", paramLabel = "DIR")
        String home = "";

        @Override
        protected Answer act(Call call) {
            List<Map<String, @Nullable Object>> documents = new ArrayList<>();
            List<String> lines = new ArrayList<>();
            List<Numbered> definitions = read(files.stream().map(call::resolve).toList());
            Optional<VocabularyUse> vocabulary = cdm.map(folder -> OpenLaboratory.vocabulary(
                    call.resolve(folder),
                    Settings.home(call, home),
                    definitions.stream().map(Numbered::definition).toList()));
            vocabulary.ifPresent(use -> UnknownConcepts.warn(call, use, names(definitions)));
            for (int index = 0; index < definitions.size(); index++) {
                Numbered each = definitions.get(index);
                int place = index;
                List<Problem> findings = CohortCheck.findings(each.definition(), Documents.read(each.file()));
                documents.add(Answer.document(
                        "cohort_definition_id", each.id(),
                        "name", each.definition().name(),
                        "file", each.file().toString(),
                        "findings",
                                findings.stream()
                                        .map(finding -> Complaints.document(finding, call.terminal()))
                                        .toList(),
                        "unknown_concepts",
                                vocabulary
                                        .map(use -> UnknownConcepts.documents(
                                                use.unknown().get(place)))
                                        .orElse(null)));
                lines.add(Columns.line(
                        each.id(), verdict(findings, call), each.definition().name()));
                findings.forEach(
                        finding -> lines.add("  " + finding.line(call.terminal().language())));
            }
            return Answer.of(Answer.document("definitions", documents), lines);
        }

        private static String verdict(List<Problem> findings, Call call) {
            if (findings.isEmpty()) {
                return call.words().say("cohort.sound");
            }
            long warnings = findings.stream()
                    .filter(finding -> finding.code().kind() == ProblemKind.WARNING)
                    .count();
            return call.words().say("cohort.findings", warnings, findings.size() - warnings);
        }
    }

    /** Says in plain words what definitions mean. */
    static final class Explain extends LocalVerb {
        @Parameters(arity = "1..*", paramLabel = "FILE", descriptionKey = "DEFINITIONS")
        List<Path> files = List.of();

        @Override
        protected Answer act(Call call) {
            List<Map<String, @Nullable Object>> documents = new ArrayList<>();
            List<String> lines = new ArrayList<>();
            for (Numbered each : read(files.stream().map(call::resolve).toList())) {
                Explanation explanation = CohortExplainer.explain(
                        each.definition(), call.terminal().language());
                documents.add(Answer.document(
                        "cohort_definition_id", each.id(),
                        "name", each.definition().name(),
                        "explanation", tree(explanation)));
                if (!lines.isEmpty()) {
                    lines.add("");
                }
                lines.addAll(explanation.lines());
            }
            return Answer.of(Answer.document("definitions", documents), lines);
        }

        private static Map<String, @Nullable Object> tree(Explanation explanation) {
            return Answer.document(
                    "line",
                    explanation.line(),
                    "under",
                    explanation.under().stream().map(Explain::tree).toList());
        }
    }

    private static List<String> names(List<Numbered> definitions) {
        return definitions.stream().map(each -> each.definition().name()).toList();
    }

    private static final Pattern DIGITS = Pattern.compile("^(\\d{1,18})");

    /** Reads all definitions and reports all their problems together. The id is the digits a file's name begins with, else its order. */
    static List<Numbered> read(List<Path> given) {
        List<Path> files = given.stream().flatMap(CohortVerbs::definitionFiles).toList();
        List<Numbered> definitions = new ArrayList<>();
        var problems = new Problems();
        for (Either each : files.parallelStream().map(Either::read).toList()) {
            each.wrong().ifPresent(wrong -> wrong.problems().forEach(problems::add));
            each.sound()
                    .ifPresent(definition -> definitions.add(new Numbered(
                            number(each.file()).orElse(definitions.size() + 1L), each.file(), definition)));
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

    /** A definition, or what is wrong with it. */
    private record Either(Path file, Optional<CohortDefinition> sound, Optional<ProblemException> wrong) {
        static Either read(Path file) {
            try {
                return new Either(file, Optional.of(CohortDefinition.read(file)), Optional.empty());
            } catch (ProblemException wrong) {
                return new Either(file, Optional.empty(), Optional.of(wrong));
            }
        }
    }

    private static Optional<Long> number(Path file) {
        Matcher digits =
                DIGITS.matcher(Objects.requireNonNull(file.getFileName()).toString());
        return digits.find() ? Optional.of(Long.valueOf(digits.group(1))) : Optional.empty();
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
