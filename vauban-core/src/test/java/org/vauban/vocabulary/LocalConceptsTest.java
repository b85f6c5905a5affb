package org.vauban.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vauban.vocabulary.LocalConcepts.LocalCode;

class LocalConceptsTest {
    @Test
    void anIdFollowsFromVocabularyAndCodeAlone() {
        // The first 27 bits of sha256("ATC|M01AH01"), as any other program computes them.
        assertThat(LocalConcepts.id("ATC", "M01AH01")).isEqualTo(2_032_646_361);
        assertThat(LocalConcepts.id("CIM10", "K250")).isEqualTo(2_123_730_421);
    }

    @Test
    void everyCodeHasAnIdOfItsOwnAndTheLaterOfTwoMoves() {
        List<LocalCode> codes = new ArrayList<>();
        for (int code = 0; code < 40_000; code++) {
            codes.add(new LocalCode("TEST", "C" + code));
        }

        LocalConcepts concepts = LocalConcepts.of(codes);

        assertThat(new HashSet<>(concepts.ids().values())).hasSize(codes.size());
        assertThat(concepts.moved())
                .as("among 40,000 codes some six share an id")
                .hasSizeBetween(1, 30);
        LocalCode moved = concepts.moved().getFirst();
        int wanted = LocalConcepts.id(moved.vocabulary(), moved.code());
        assertThat(concepts.ids()).containsEntry(moved, wanted + 1);
        assertThat(concepts.ids().values()).allMatch(id -> id >= LocalConcepts.FIRST);
    }

    @Test
    void theOrderOfTheCodesDoesNotMatter() {
        List<LocalCode> codes = List.of(new LocalCode("B", "1"), new LocalCode("A", "2"), new LocalCode("A", "1"));

        assertThat(LocalConcepts.of(codes).ids())
                .isEqualTo(LocalConcepts.of(codes.reversed()).ids());
    }
}
