package org.vauban.ingest;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vauban.omop.CdmColumn;

/** The concepts that rows have and the vocabulary beside them lacks. Without a vocabulary nothing is lacking, because nothing was asked. */
final class LackingConcepts {
    /** So many are named; a folder with the wrong vocabulary would name them all. */
    private static final int NAMED_MAX = 100;

    private Optional<int[]> known = Optional.empty();
    private final SortedMap<CdmColumn, Map<Integer, long[]>> rows = new TreeMap<>();

    /** The concepts of the vocabulary, in any order. */
    void know(int[] concepts) {
        int[] sorted = concepts.clone();
        Arrays.sort(sorted);
        known = Optional.of(sorted);
    }

    /** One value of a column of concepts; 0 stands for no concept. */
    void note(CdmColumn column, int concept) {
        if (concept != 0 && known.isPresent() && Arrays.binarySearch(known.get(), concept) < 0) {
            rows.computeIfAbsent(column, _ -> new HashMap<>()).computeIfAbsent(concept, _ -> new long[1])[0]++;
        }
    }

    /** Those with the most rows. */
    List<IngestReport.LackingConcept> named() {
        return rows.entrySet().stream()
                .flatMap(column -> column.getValue().entrySet().stream()
                        .map(concept -> new IngestReport.LackingConcept(
                                column.getKey().table().tableName(),
                                column.getKey().name(),
                                concept.getKey(),
                                concept.getValue()[0])))
                .sorted(Comparator.comparingLong((IngestReport.LackingConcept each) -> -each.rows())
                        .thenComparing(IngestReport.LackingConcept::table)
                        .thenComparing(IngestReport.LackingConcept::column)
                        .thenComparingInt(IngestReport.LackingConcept::conceptId))
                .limit(NAMED_MAX)
                .toList();
    }
}
