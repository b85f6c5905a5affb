package org.vauban.vocabulary;

import java.util.List;

/**
 * A named list of concepts, written as items that include or exclude.
 *
 * @param id the number by which criteria of the same definition refer to it
 * @param name what people call it
 * @param items its items, in the author's order
 */
public record ConceptSet(int id, String name, List<Item> items) {
    public ConceptSet {
        items = List.copyOf(items);
    }

    /**
     * One line of a concept set.
     *
     * @param conceptId the concept
     * @param conceptName its name as the author saw it
     * @param includeDescendants its valid descendants too
     * @param includeMapped the codes that map to what this item stands for, too
     * @param isExcluded takes away instead of adding
     */
    public record Item(
            int conceptId, String conceptName, boolean includeDescendants, boolean includeMapped, boolean isExcluded) {}
}
