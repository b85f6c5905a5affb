package org.vauban.lexicon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.hub.TestHub;
import org.vauban.ingest.VocabularyIntake;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.vocabulary.ConceptSet;
import org.vauban.vocabulary.Vocabulary;

/** Loading a vocabulary into a home, and asking it. */
class LexiconsTest {
    @TempDir
    Path folder = Path.of("");

    private TestHub hub;
    private Actor manager;

    @BeforeEach
    void open() {
        hub = new TestHub(folder);
        hub.person("administrator", Role.ADMINISTRATOR);
        manager = hub.person("manager", Role.DATA_MANAGER);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void aZipOfAthenaIsLoadedInOneActWithItsVersion() throws IOException {
        Lexicons.Loaded loaded = load(new TestVocabulary().zip(folder.resolve("athena.zip")));

        assertThat(loaded.manifest().version()).isEqualTo("v5.0 30-AUG-24");
        assertThat(loaded.manifest().tables()).containsEntry("concept", 5L).containsEntry("concept_ancestor", 3L);
        assertThat(loaded.manifest().vocabularies())
                .extracting(LexiconManifest.Release::id)
                .containsExactly("None", "SNOMED");
        assertThat(loaded.report().rowProblems()).isEmpty();
    }

    @Test
    void wordsFindConceptsWhateverTheirCaseAndOrderAndTheBestComeFirst() throws IOException {
        load(new TestVocabulary().zip(folder.resolve("athena.zip")));

        assertThat(found("ULCER gastr", Locale.ENGLISH)).containsExactly(4248429, 35207070);
        assertThat(found("gastric ulcer", Locale.ENGLISH)).containsExactly(35207070, 4248429);
        assertThat(found("peptic ulcer", Locale.ENGLISH)).containsExactly(4027663);
        assertThat(found("k25", Locale.ENGLISH)).containsExactly(35207070);
        assertThat(found("1118084", Locale.ENGLISH)).containsExactly(1118084);
        assertThat(found("\"Dieulafoy\"", Locale.ENGLISH)).containsExactly(4248429);
        assertThat(found("'; DROP TABLE", Locale.ENGLISH)).isEmpty();
        assertThat(found("…", Locale.ENGLISH)).isEmpty();
    }

    @Test
    void recordsAreShownWithThoseOfDescendantsEachOnce() throws IOException {
        load(new TestVocabulary().zip(folder.resolve("athena.zip")));

        try (Lexicon lexicon = Lexicon.ofHome(hub.home()).orElseThrow()) {
            List<FoundConcept> found = lexicon.search(new ConceptQuery(
                    "peptic",
                    Optional.of("condition"),
                    Locale.ENGLISH,
                    5,
                    Optional.of(Map.of(4027663, 2L, 4248429, 5L))));

            assertThat(found).hasSize(1);
            assertThat(found.getFirst().records()).hasValue(2);
            assertThat(found.getFirst().recordsBelow()).hasValue(7);
        }
    }

    @Test
    void aFrenchPackIsAddedAndFoundWithoutAccents() throws IOException {
        load(new TestVocabulary().zip(folder.resolve("athena.zip")));
        Path pack = folder.resolve("fr.csv");
        Files.writeString(pack, """
                concept_id,concept_synonym_name,language_concept_id
                4027663,Ulcère gastro-duodénal,4180190
                4248429,"Ulcère de l’estomac, œdémateux",4180190
                999,Inconnu,4180190
                """);

        Lexicons.Loaded loaded = load(pack);

        assertThat(loaded.manifest().sources()).containsExactly("athena.zip", "fr.csv");
        assertThat(Files.readString(folder.resolve("rejects.csv")))
                .contains("concept_synonym,\"fr.csv\",4,1,concept_id,unknown_concept");
        assertThat(found("ulcere estomac", Locale.FRENCH)).containsExactly(4248429);
        assertThat(found("OEDEMATEUX", Locale.FRENCH)).containsExactly(4248429);
        try (Lexicon lexicon = Lexicon.ofHome(hub.home()).orElseThrow()) {
            assertThat(lexicon.search(
                            new ConceptQuery("peptic ulcer", Optional.empty(), Locale.FRENCH, 1, Optional.empty())))
                    .extracting(FoundConcept::name)
                    .containsExactly("Ulcère gastro-duodénal");
        }
        // The words of the whole vocabulary are still there.
        assertThat(found("celecoxib", Locale.FRENCH)).containsExactly(1118084);
    }

    @Test
    void aPackAloneIsNoVocabulary() throws IOException {
        Path pack = folder.resolve("fr.csv");
        Files.writeString(pack, "concept_id,concept_synonym_name,language_concept_id\n1,un,4180190\n");

        assertThatThrownBy(() -> load(pack)).hasMessageContaining("VOCABULARY_ABSENT");
    }

    @Test
    void wrongRowsGoToTheRejectsFileAndTheOthersAreLoaded() throws IOException {
        Path zip = new TestVocabulary()
                .concepts("many\tNo number\tCondition\tSNOMED\tDisorder\tS\t2\t19700101\t20991231\t\n7\ttoo short\n")
                .zip(folder.resolve("athena.zip"));

        Lexicons.Loaded loaded = load(zip);

        assertThat(loaded.report().tables()).containsEntry("concept", new VocabularyIntake.Rows(7, 2));
        assertThat(Files.readString(folder.resolve("rejects.csv")))
                .contains("concept,\"CONCEPT.csv\",7,1,concept_id,wrong_type,\"a whole number\",\"AAAA\"")
                .contains("concept,\"CONCEPT.csv\",8,,,wrong_number_of_fields,\"10 fields\",\"2 fields\"");
    }

    @Test
    void aFileInAnotherEncodingIsRefusedAndTheVocabularyInUseStays() throws IOException {
        load(new TestVocabulary().zip(folder.resolve("athena.zip")));
        Path pack = folder.resolve("latin.csv");
        Files.write(
                pack,
                "concept_id,concept_synonym_name,language_concept_id\n4027663,Ulcère,4180190\n"
                        .getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> load(pack))
                .hasMessageContaining("INPUT_FILE_ENCODING")
                .hasMessageContaining("latin.csv:2");
        assertThat(found("celecoxib", Locale.ENGLISH)).containsExactly(1118084);
        assertThat(loads()).containsExactly("current", "v-" + firstLoad());
    }

    @Test
    void aFileWithoutItsColumnsIsRefused() throws IOException {
        Path zip = new TestVocabulary()
                .with("CONCEPT_ANCESTOR.csv", "ancestor_concept_id\tdescendant\n1\t2\n")
                .zip(folder.resolve("athena.zip"));

        assertThatThrownBy(() -> load(zip))
                .hasMessageContaining("INPUT_COLUMN_MISSING")
                .hasMessageContaining("CONCEPT_ANCESTOR.csv");
        assertThat(Lexicon.ofHome(hub.home())).isEmpty();
    }

    @Test
    void aSecondLoadTakesThePlaceOfTheFirstAndTheOneBeforeIsRemovedByTheThird() throws IOException {
        load(new TestVocabulary().zip(folder.resolve("one.zip")));
        load(new TestVocabulary()
                .with("CONCEPT_SYNONYM.csv", "concept_id\tconcept_synonym_name\tlanguage_concept_id\n")
                .zip(folder.resolve("two.zip")));

        assertThat(found("ulceration", Locale.ENGLISH)).isEmpty();
        assertThat(loads()).hasSize(3);
        load(new TestVocabulary().folder(folder.resolve("three")));
        assertThat(loads()).hasSize(3);
    }

    @Test
    void onlyADataManagerLoadsAndTheLogSaysWhatBecameOfEachLoad() throws IOException {
        Path zip = new TestVocabulary().zip(folder.resolve("athena.zip"));
        Actor researcher = hub.person("researcher", Role.RESEARCHER);

        assertThatThrownBy(() -> hub.hub().lexicons().load(researcher, zip, folder.resolve("rejects.csv")))
                .hasMessageContaining("ROLE_MISSING");
        Lexicons.Loaded loaded = load(zip);

        // The load is named by the entry that began it; the next one concluded it.
        long entries = hub.hub().journal().still(number -> number);
        assertThat(entries).isEqualTo(Long.parseLong(loaded.id().substring(2)) + 2);
    }

    @Test
    void whatDefinitionsNeedIsTakenOutOfItAndResolvesAsTheWholeWould() throws IOException {
        load(new TestVocabulary().zip(folder.resolve("athena.zip")));

        try (Lexicon lexicon = Lexicon.ofHome(hub.home()).orElseThrow()) {
            Vocabulary some = lexicon.around(IntStream.of(4027663, 77));

            assertThat(some.size()).isEqualTo(2);
            assertThat(some.resolve(
                            new ConceptSet(0, "ulcer", List.of(new ConceptSet.Item(4027663, "", true, true, false)))))
                    .containsExactly(4027663, 4248429, 35207070);
            assertThat(some.contains(77)).isFalse();
            assertThat(lexicon.lacking(Set.of(0, 77, 1118084))).containsExactly(77);
        }
    }

    private Lexicons.Loaded load(Path source) {
        return hub.hub().lexicons().load(manager, source, folder.resolve("rejects.csv"));
    }

    private List<Integer> found(String words, Locale language) {
        try (Lexicon lexicon = Lexicon.ofHome(hub.home()).orElseThrow()) {
            return lexicon.search(new ConceptQuery(words, Optional.empty(), language, 10, Optional.empty())).stream()
                    .map(FoundConcept::id)
                    .toList();
        }
    }

    private List<String> loads() throws IOException {
        try (Stream<Path> entries = Files.list(hub.home().resolve(Lexicon.FOLDER))) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private String firstLoad() throws IOException {
        return Files.readString(hub.home().resolve(Lexicon.FOLDER).resolve(Lexicon.CURRENT))
                .strip()
                .substring(2);
    }
}
