package org.vauban.app.laboratory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vauban.cohort.CohortDefinition;
import org.vauban.ingest.CdmFolder;
import org.vauban.ingest.LaboratorySource;
import org.vauban.lexicon.Lexicon;
import org.vauban.trajectory.Period;
import org.vauban.vocabulary.ConceptSet;
import org.vauban.vocabulary.UnknownConcept;
import org.vauban.vocabulary.Vocabulary;

/**
 * Which vocabulary definitions were read with, and what it lacks. A folder's own comes first, because its data were coded with it; only a
 * folder without one is read with the home's.
 *
 * @param origin whose it is
 * @param concepts how many concepts it has, of the home's those that were asked about
 * @param unknown for each definition the concepts that it lists and the vocabulary lacks
 */
public record VocabularyUse(Origin origin, int concepts, List<List<UnknownConcept>> unknown) {
    /** Whose vocabulary it is. */
    public enum Origin {
        FOLDER,
        HOME,
        NONE
    }

    public VocabularyUse {
        unknown = unknown.stream().map(List::copyOf).toList();
    }

    static VocabularyUse of(CdmFolder folder, Path home, Vocabulary vocabulary, List<CohortDefinition> definitions) {
        Origin without = Lexicon.isLoaded(home) ? Origin.HOME : Origin.NONE;
        return new VocabularyUse(
                folder.hasVocabulary() ? Origin.FOLDER : without,
                vocabulary.size(),
                definitions.stream()
                        .map(definition -> definition.unknownConcepts(vocabulary))
                        .toList());
    }

    static LaboratorySource source(CdmFolder folder, Path home, List<CohortDefinition> definitions, Period period) {
        return folder.laboratory(() -> ofHome(home, definitions), period);
    }

    private static Vocabulary ofHome(Path home, List<CohortDefinition> definitions) {
        Optional<Lexicon> loaded = Lexicon.ofHome(home);
        if (loaded.isEmpty()) {
            return Vocabulary.empty();
        }
        try (Lexicon lexicon = loaded.get()) {
            return lexicon.around(definitions.stream()
                    .flatMap(definition -> definition.conceptSets().stream())
                    .flatMap(set -> set.items().stream())
                    .mapToInt(ConceptSet.Item::conceptId));
        }
    }
}
