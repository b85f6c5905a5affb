package org.vauban.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vauban.cohort.Trap;

public class VocabularyTest {
    /** 1 is above 2 and 3; 3 is withdrawn; 4 is listed below 1 but is no concept. 20 maps to 2, 30 to 3. 9 is withdrawn. */
    private final Vocabulary vocabulary = Vocabulary.builder()
            .concept(concept(1, true))
            .concept(concept(2, true))
            .concept(concept(3, false))
            .concept(concept(9, false))
            .concept(concept(20, true))
            .descendant(1, 1)
            .descendant(1, 4)
            .descendant(1, 3)
            .descendant(1, 2)
            .descendant(1, 2)
            .mapsTo(20, 2)
            .mapsTo(21, 2)
            .mapsTo(30, 3)
            .build();

    @Test
    @Trap(19)
    void aListedConceptMustExistAndMayBeWithdrawn() {
        assertThat(resolve(item(9), item(77))).containsExactly(9);
    }

    @Test
    @Trap(19)
    void descendantsMustExistAndBeValid() {
        assertThat(resolve(descendants(1))).containsExactly(1, 2);
    }

    @Test
    void anAncestorNeedNotExistForItsDescendantsToCount() {
        Vocabulary orphan =
                Vocabulary.builder().concept(concept(2, true)).descendant(50, 2).build();

        int[] concepts = orphan.resolve(new ConceptSet(0, "", List.of(descendants(50))));

        assertThat(concepts).containsExactly(2);
    }

    @Test
    @Trap(19)
    void mappedCodesAreThoseThatMapToWhatTheItemStandsFor() {
        var mapped = new ConceptSet.Item(1, "", true, true, false);

        // 21 is no concept and counts all the same; 30 maps to the withdrawn 3, which is not in the set.
        assertThat(resolve(mapped)).containsExactly(1, 2, 20, 21);
    }

    @Test
    @Trap(19)
    void exclusionsAreTakenAwayLastWithTheirOwnDescendants() {
        var excluded = new ConceptSet.Item(1, "", true, false, true);

        assertThat(resolve(excluded, item(2), item(9))).containsExactly(9);
    }

    @Test
    @Trap(19)
    void anExclusionTakesItsMappedCodesAwayToo() {
        var mapped = new ConceptSet.Item(2, "", false, true, false);
        var excluded = new ConceptSet.Item(2, "", false, true, true);

        assertThat(resolve(mapped)).containsExactly(2, 20, 21);
        assertThat(resolve(mapped, excluded)).isEmpty();
    }

    @Test
    void anEmptySetStandsForNothing() {
        assertThat(resolve()).isEmpty();
    }

    @Test
    void conceptsThatTheVocabularyLacksAreNamed() {
        var set = new ConceptSet(
                0, "Bleeding", List.of(item(1), new ConceptSet.Item(77, "Haematemesis", true, false, false)));

        List<UnknownConcept> unknown = vocabulary.unknownConcepts(List.of(set));

        assertThat(unknown).containsExactly(new UnknownConcept("Bleeding", 77, "Haematemesis"));
    }

    @Test
    void ofTwoRowsWithOneIdTheLastCounts() {
        Vocabulary twice = Vocabulary.builder()
                .concept(concept(1, true))
                .concept(concept(1, false))
                .build();

        assertThat(twice.size()).isEqualTo(1);
        assertThat(twice.concept(1))
                .hasValueSatisfying(concept -> assertThat(concept.isValid()).isFalse());
    }

    @Test
    void largeIdsKeepTheirOrder() {
        Vocabulary large = Vocabulary.builder()
                .concept(concept(2_000_000_001, true))
                .concept(concept(5, true))
                .descendant(2_000_000_001, 5)
                .descendant(5, 2_000_000_001)
                .build();

        assertThat(large.descendants(5)).containsExactly(2_000_000_001);
        assertThat(large.descendants(2_000_000_001)).containsExactly(5);
        assertThat(large.concepts().toArray()).containsExactly(5, 2_000_000_001);
    }

    private int[] resolve(ConceptSet.Item... items) {
        return vocabulary.resolve(new ConceptSet(0, "set", Arrays.asList(items)));
    }

    private static ConceptSet.Item item(int concept) {
        return new ConceptSet.Item(concept, "", false, false, false);
    }

    private static ConceptSet.Item descendants(int concept) {
        return new ConceptSet.Item(concept, "", true, false, false);
    }

    private static Concept concept(int id, boolean valid) {
        return new Concept(id, "Concept " + id, "Condition", "SNOMED", true, valid);
    }
}
