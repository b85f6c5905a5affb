package org.vauban.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vauban.hub.Hub;
import org.vauban.ingest.CdmFolder;
import org.vauban.ingest.ConceptRecords;
import org.vauban.lexicon.ConceptQuery;
import org.vauban.lexicon.FoundConcept;
import org.vauban.lexicon.Lexicon;
import org.vauban.lexicon.LexiconManifest;
import org.vauban.lexicon.Lexicons;
import org.vauban.omop.CdmColumn;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocabulary}: the standardised vocabularies, which are public; all but loading one needs no hub. */
final class VocabularyVerbs {
    private VocabularyVerbs() {}

    static List<Branch> vocabulary() {
        return List.of(
                Branch.verb("load", () -> new Load()),
                Branch.verb("list", () -> new ListVocabularies()),
                Branch.verb("search", () -> new Search()),
                Branch.verb("check", () -> new Check()));
    }

    /** Loads a ZIP of Athena, a folder of its files, or a pack of synonyms. */
    static final class Load extends HubVerb {
        @Parameters(paramLabel = "FILE.zip|DIR", descriptionKey = "VOCABULARY")
        Path source = Path.of("");

        @Option(names = "--rejects", paramLabel = "FILE")
        Optional<Path> rejects = Optional.empty();

        @Override
        protected Answer act(Hub hub, Call call) {
            Path from = call.resolve(source);
            Path rejectsFile = rejects.map(call::resolve)
                    .orElseGet(() -> from.resolveSibling(from.getFileName() + "-rejects.csv"));
            Lexicons.Loaded loaded = hub.lexicons().load(actor(hub, call), from, rejectsFile);
            Words words = call.words();
            loaded.report().rowProblems().forEach(problem -> call.progress(problem.line(words.language())));
            long rejected = loaded.report().tables().values().stream()
                    .mapToLong(rows -> rows.rejected())
                    .sum();
            LexiconManifest manifest = loaded.manifest();
            List<String> lines = new ArrayList<>();
            lines.add(words.say(
                    "vocabulary.loaded",
                    loaded.id(),
                    manifest.version().isBlank() ? "–" : manifest.version(),
                    manifest.tables().getOrDefault("concept", 0L),
                    manifest.vocabularies().size()));
            loaded.report()
                    .tables()
                    .forEach((table, rows) -> lines.add(
                            "  " + words.say("vocabulary.rows", table, rows.read() - rows.rejected(), rows.read())));
            loaded.report().notices().forEach(notice -> lines.add("  " + notice));
            if (rejected > 0) {
                lines.add("  " + words.say("ingest.rejects", rejectsFile));
            }
            lines.add("  " + words.say("vocabulary.licences"));
            return Answer.of(
                    Answer.document(
                            "vocabulary", loaded.id(),
                            "version", manifest.version(),
                            "sources", manifest.sources(),
                            "tables", manifest.tables(),
                            "read", loaded.report().tables(),
                            "rows_rejected", rejected,
                            "rejects_file", rejectsFile.toString(),
                            "notices", loaded.report().notices(),
                            "passed_over", loaded.passedOver()),
                    lines);
        }
    }

    /** Lists the vocabularies that are loaded, with version, reference and terms of use. */
    static final class ListVocabularies extends LocalVerb {
        @Option(names = "--home", paramLabel = "DIR")
        String home = "";

        @Override
        protected Answer act(Call call) {
            try (Lexicon lexicon = ofHome(Settings.home(call, home)).orElseThrow(VocabularyVerbs::absent)) {
                LexiconManifest manifest = lexicon.manifest();
                List<String> lines = new ArrayList<>();
                lines.add(call.words()
                        .say(
                                "vocabulary.is",
                                manifest.version(),
                                manifest.loaded(),
                                String.join(", ", manifest.sources())));
                manifest.vocabularies()
                        .forEach(each -> lines.add(Columns.line(
                                each.id(),
                                each.version().isBlank() ? "–" : each.version(),
                                each.name(),
                                each.reference(),
                                Licences.of(each.id(), call.words()))));
                return Answer.of(
                        Answer.document(
                                "version", manifest.version(),
                                "loaded", manifest.loaded(),
                                "sources", manifest.sources(),
                                "tables", manifest.tables(),
                                "vocabularies",
                                        manifest.vocabularies().stream()
                                                .map(each -> Answer.document(
                                                        "vocabulary_id", each.id(),
                                                        "version", each.version(),
                                                        "name", each.name(),
                                                        "reference", each.reference(),
                                                        "licence", Licences.of(each.id(), call.words())))
                                                .toList()),
                        lines);
            }
        }
    }

    /** Finds concepts by words; with a folder of one's own it counts records too. */
    static final class Search extends LocalVerb {
        @Parameters(arity = "1..*", paramLabel = "WORDS", descriptionKey = "WORDS")
        List<String> words = List.of();

        @Option(names = "--domain", paramLabel = "NAME")
        Optional<String> domain = Optional.empty();

        @Option(names = "--cdm", paramLabel = "DIR")
        Optional<Path> cdm = Optional.empty();

        @Option(names = "--limit", paramLabel = "N")
        int limit = 20;

        @Option(names = "--home", paramLabel = "DIR")
        String home = "";

        @Override
        protected Answer act(Call call) {
            Optional<Path> folder = cdm.map(call::resolve);
            Optional<Map<Integer, Long>> records =
                    folder.map(each -> ConceptRecords.of(CdmFolder.open(each)).records());
            String asked = String.join(" ", words);
            try (Lexicon lexicon = lexicon(folder, Settings.home(call, home))) {
                List<FoundConcept> found = lexicon.search(
                        new ConceptQuery(asked, domain, call.words().language(), Math.max(1, limit), records));
                List<String> lines = new ArrayList<>();
                if (found.isEmpty()) {
                    lines.add(call.words().say("vocabulary.nothing", asked));
                }
                found.forEach(each -> lines.add(line(each, call.words())));
                return Answer.of(
                        Answer.document(
                                "words",
                                asked,
                                "concepts",
                                found.stream().map(Search::document).toList()),
                        lines);
            }
        }

        private static String line(FoundConcept concept, Words words) {
            String state = words.say(
                    concept.isValid()
                            ? concept.isStandard() ? "vocabulary.standard" : "vocabulary.not-standard"
                            : "vocabulary.invalid");
            String name = concept.matched().equals(concept.name())
                    ? concept.name()
                    : concept.name() + " (" + concept.matched() + ")";
            return concept.records().isPresent()
                    ? Columns.line(
                            concept.id(),
                            concept.records().getAsLong(),
                            concept.recordsBelow().orElse(0),
                            concept.domain(),
                            concept.vocabulary() + " " + concept.code(),
                            state,
                            name)
                    : Columns.line(
                            concept.id(), concept.domain(), concept.vocabulary() + " " + concept.code(), state, name);
        }

        private static Map<String, @Nullable Object> document(FoundConcept concept) {
            return Answer.document(
                    "concept_id", concept.id(),
                    "name", concept.name(),
                    "matched", concept.matched(),
                    "domain_id", concept.domain(),
                    "vocabulary_id", concept.vocabulary(),
                    "concept_code", concept.code(),
                    "standard", concept.isStandard(),
                    "valid", concept.isValid(),
                    "records", concept.records().isPresent() ? concept.records().getAsLong() : null,
                    "records_with_descendants",
                            concept.recordsBelow().isPresent()
                                    ? concept.recordsBelow().getAsLong()
                                    : null);
        }
    }

    /** Names the concepts that data have and the vocabulary lacks. */
    static final class Check extends LocalVerb {
        @Option(names = "--cdm", paramLabel = "DIR", required = true)
        Path cdm = Path.of("");

        @Option(names = "--limit", paramLabel = "N")
        int limit = 20;

        @Option(names = "--home", paramLabel = "DIR")
        String home = "";

        private record Missing(CdmColumn column, int concept, long rows) {}

        @Override
        protected Answer act(Call call) {
            Path folder = call.resolve(cdm);
            List<Missing> missing = new ArrayList<>();
            try (Lexicon lexicon = lexicon(Optional.of(folder), Settings.home(call, home))) {
                var records = ConceptRecords.of(CdmFolder.open(folder)).byColumn();
                Set<Integer> used = new HashSet<>();
                records.values().forEach(ofColumn -> used.addAll(ofColumn.keySet()));
                Set<Integer> lacking = lexicon.lacking(used);
                records.forEach((column, ofColumn) -> ofColumn.forEach((concept, rows) -> {
                    if (lacking.contains(concept)) {
                        missing.add(new Missing(column, concept, rows));
                    }
                }));
            }
            missing.sort(Comparator.comparingLong((Missing each) -> -each.rows())
                    .thenComparing(Missing::column)
                    .thenComparingInt(Missing::concept));
            List<String> lines = new ArrayList<>();
            lines.add(call.words()
                    .say(
                            missing.isEmpty() ? "vocabulary.complete" : "vocabulary.lacks",
                            missing.stream().map(Missing::concept).distinct().count(),
                            missing.stream().mapToLong(Missing::rows).sum()));
            missing.stream()
                    .limit(Math.max(0, limit))
                    .forEach(each -> lines.add(Columns.line(each.concept(), each.rows(), each.column())));
            return Answer.of(
                    Answer.document(
                            "unknown_concepts",
                            missing.stream()
                                    .map(each -> Answer.document(
                                            "concept_id", each.concept(),
                                            "rows", each.rows(),
                                            "table", each.column().table().tableName(),
                                            "column", each.column().name()))
                                    .toList()),
                    lines);
        }
    }

    /** The folder's own vocabulary first, then the home's, as everywhere. */
    private static Lexicon lexicon(Optional<Path> folder, Path home) {
        return folder.filter(each -> CdmFolder.open(each).hasVocabulary())
                .flatMap(Lexicon::ofFiles)
                .or(() -> ofHome(home))
                .orElseThrow(VocabularyVerbs::absent);
    }

    private static Optional<Lexicon> ofHome(Path home) {
        return Lexicon.ofHome(home);
    }

    private static org.vauban.problem.ProblemException absent() {
        return Problem.of(ProblemCode.VOCABULARY_ABSENT)
                .expected(Phrase.A_VOCABULARY)
                .found("neither")
                .exception();
    }
}
