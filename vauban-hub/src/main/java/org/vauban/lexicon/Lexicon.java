package org.vauban.lexicon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vauban.duck.DuckSession;
import org.vauban.ingest.VocabularyFiles;
import org.vauban.ingest.VocabularyIntake;
import org.vauban.vocabulary.Concept;
import org.vauban.vocabulary.Vocabulary;

/** One loaded vocabulary, to be asked. It stays as it was opened, whatever is loaded meanwhile. */
public final class Lexicon implements AutoCloseable {
    /** The folder in a home, and in it the file that names the vocabulary in use. */
    static final String FOLDER = "vocabulary";

    static final String CURRENT = "current";

    private static final String CONCEPT = "concept";
    private static final String CONCEPT_ANCESTOR = "concept_ancestor";
    private static final String CONCEPT_RELATIONSHIP = "concept_relationship";

    /** What each table has when nothing of it was loaded. */
    private static final Map<String, String> EMPTY = Map.of(
            CONCEPT,
            "SELECT 0 AS concept_id, '' AS concept_name, '' AS domain_id, '' AS vocabulary_id, '' AS concept_class_id,"
                    + " '' AS standard_concept, '' AS concept_code, '' AS invalid_reason",
            CONCEPT_ANCESTOR,
            "SELECT 0 AS ancestor_concept_id, 0 AS descendant_concept_id",
            CONCEPT_RELATIONSHIP,
            "SELECT 0 AS concept_id_1, 0 AS concept_id_2, '' AS relationship_id, '' AS invalid_reason",
            VocabularyIntake.TERM,
            "SELECT 0 AS concept_id, '' AS text, '' AS folded, 0 AS language");

    private final LexiconManifest manifest;
    private final DuckSession session;
    private final Optional<Path> temporary;

    private Lexicon(Path folder, LexiconManifest manifest, Optional<Path> temporary) {
        this.manifest = manifest;
        this.temporary = temporary;
        List<Path> files =
                manifest.files().keySet().stream().map(folder::resolve).toList();
        this.session = DuckSession.open(DuckSession.Limits.ofTheMachine(), files);
        EMPTY.forEach((table, nothing) -> {
            List<String> parts = files.stream()
                    .filter(file -> String.valueOf(file.getFileName()).matches(table + "(-[a-z_]+)?-\\d+\\.parquet"))
                    .map(DuckSession::literal)
                    .toList();
            session.execute("CREATE VIEW " + table + " AS "
                    + (parts.isEmpty()
                            ? nothing + " WHERE false"
                            : "SELECT * FROM read_parquet([" + String.join(", ", parts) + "], union_by_name = true)"));
        });
    }

    /** The vocabulary in use in a home, if one was loaded. Needs no key and no lock. */
    public static Optional<Lexicon> ofHome(Path home) {
        return folderInUse(home).map(Lexicon::ofFolder);
    }

    /** Whether a home has a vocabulary. */
    public static boolean isLoaded(Path home) {
        return folderInUse(home).isPresent();
    }

    static Lexicon ofFolder(Path folder) {
        return new Lexicon(folder, LexiconManifest.read(folder), Optional.empty());
    }

    /** The vocabulary among somebody's own files, if it is there, read for this once. It may take time: a large one is better loaded. */
    public static Optional<Lexicon> ofFiles(Path source) {
        try (VocabularyFiles files = VocabularyFiles.open(source)) {
            if (!files.isWhole()) {
                return Optional.empty();
            }
            Path temporary = Files.createTempDirectory("vauban-vocabulary-");
            try {
                Path folder = Files.createDirectory(temporary.resolve(FOLDER));
                LexiconManifest manifest = new LexiconFolder(folder)
                        .whole(
                                files.forSearch(),
                                String.valueOf(source.getFileName()),
                                temporary.resolve("rejects.csv"),
                                Instant.EPOCH)
                        .manifest();
                return Optional.of(new Lexicon(folder, manifest, Optional.of(temporary)));
            } catch (IOException | RuntimeException failed) {
                LexiconFolder.delete(temporary);
                throw failed;
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    static Optional<Path> folderInUse(Path home) {
        Path all = home.resolve(FOLDER);
        Path current = all.resolve(CURRENT);
        if (!Files.exists(current)) {
            return Optional.empty();
        }
        try {
            return Optional.of(all.resolve(Files.readString(current).strip()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public LexiconManifest manifest() {
        return manifest;
    }

    /** Finds concepts by words. */
    public List<FoundConcept> search(ConceptQuery query) {
        return new ConceptSearch(session).find(query);
    }

    /** Those of the concepts that this vocabulary lacks. */
    public Set<Integer> lacking(Collection<Integer> concepts) {
        Set<Integer> lacking = new HashSet<>(concepts);
        lacking.remove(0);
        if (!lacking.isEmpty()) {
            session.rows(
                    "SELECT DISTINCT concept_id FROM concept WHERE concept_id IN " + list(lacking),
                    row -> lacking.remove(row.getInt(1)));
        }
        return lacking;
    }

    /** Whether there is a concept of that number; holds them all, four bytes each. */
    IntPredicate known() {
        var ids = IntStream.builder();
        session.rows("SELECT DISTINCT concept_id FROM concept ORDER BY 1", row -> ids.add(row.getInt(1)));
        int[] sorted = ids.build().toArray();
        return id -> Arrays.binarySearch(sorted, id) >= 0;
    }

    /**
     * What concept sets that list these concepts can come to: the concepts, what is below them, and what maps to any of those. However
     * large the vocabulary, the answer is as large as the question.
     */
    public Vocabulary around(IntStream listed) {
        var builder = Vocabulary.builder();
        Set<Integer> asked = listed.boxed().collect(Collectors.toSet());
        if (asked.isEmpty()) {
            return builder.build();
        }
        List<Integer> here = new ArrayList<>(asked);
        session.rows(
                "SELECT DISTINCT ancestor_concept_id, descendant_concept_id FROM concept_ancestor"
                        + " WHERE ancestor_concept_id IN " + list(asked) + " ORDER BY ALL",
                row -> {
                    builder.descendant(row.getInt(1), row.getInt(2));
                    here.add(row.getInt(2));
                });
        session.execute("CREATE OR REPLACE TEMP TABLE here (concept_id INTEGER)");
        for (List<Integer> some : slices(here)) {
            session.execute("INSERT INTO here VALUES "
                    + some.stream().map(id -> "(" + id + ")").collect(Collectors.joining(", ")));
        }
        session.rows(
                "SELECT DISTINCT concept_id_2, concept_id_1 FROM concept_relationship WHERE relationship_id = 'Maps to'"
                        + " AND invalid_reason IS NULL AND concept_id_2 IN (SELECT concept_id FROM here) ORDER BY ALL",
                row -> builder.mapsTo(row.getInt(2), row.getInt(1)));
        session.rows(
                "SELECT concept_id, coalesce(concept_name, ''), coalesce(domain_id, ''), coalesce(vocabulary_id, ''),"
                        + " coalesce(standard_concept = 'S', false), invalid_reason IS NULL FROM concept"
                        + " WHERE concept_id IN (SELECT concept_id FROM here) ORDER BY ALL",
                row -> builder.concept(new Concept(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getBoolean(5),
                        row.getBoolean(6))));
        return builder.build();
    }

    private static List<List<Integer>> slices(List<Integer> all) {
        List<List<Integer>> slices = new ArrayList<>();
        for (int from = 0; from < all.size(); from += 10_000) {
            slices.add(all.subList(from, Math.min(all.size(), from + 10_000)));
        }
        return slices;
    }

    static String list(Collection<Integer> concepts) {
        return concepts.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public void close() {
        session.close();
        temporary.ifPresent(folder -> {
            try {
                LexiconFolder.delete(folder);
            } catch (IOException undeletable) {
                throw new UncheckedIOException(undeletable);
            }
        });
    }
}
