package org.vauban.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;

/** Which concepts of the data are named because the vocabulary lacks them. */
class LackingConceptsTest {
    private static final CdmColumn CONDITION = CdmTable.CONDITION_OCCURRENCE.column("condition_concept_id");
    private static final CdmColumn DRUG = CdmTable.DRUG_EXPOSURE.column("drug_concept_id");

    @Test
    void thoseWithTheMostRowsAreNamedFirstWithTableAndColumn() {
        var lacking = new LackingConcepts();
        lacking.know(new int[] {9, 3, 2_000_000_001});
        for (int concept : new int[] {0, 3, 7, 9, 2_000_000_001, 2_000_000_002}) {
            lacking.note(CONDITION, concept);
        }
        lacking.note(DRUG, 7);
        lacking.note(DRUG, 7);

        assertThat(lacking.named())
                .containsExactly(
                        new IngestReport.LackingConcept("drug_exposure", "drug_concept_id", 7, 2),
                        new IngestReport.LackingConcept("condition_occurrence", "condition_concept_id", 7, 1),
                        new IngestReport.LackingConcept(
                                "condition_occurrence", "condition_concept_id", 2_000_000_002, 1));
    }

    @Test
    void withoutAVocabularyNothingIsLacking() {
        var lacking = new LackingConcepts();
        lacking.note(CONDITION, 7);

        assertThat(lacking.named()).isEmpty();
    }
}
