package org.vauban.vocabulary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The concepts that belong to one set of data. Immutable. */
public final class Vocabulary {
    private static final Vocabulary EMPTY = builder().build();

    private final int[] ids;
    private final String[] names;
    private final String[] domains;
    private final String[] vocabularies;
    private final BitSet standard;
    private final BitSet valid;
    private final IntPairs descendants;
    private final IntPairs mapped;

    private Vocabulary(Builder builder, int[] order) {
        this.ids = IntStream.of(order)
                .map(place -> builder.concepts.get(place).id())
                .toArray();
        this.names = new String[order.length];
        this.domains = new String[order.length];
        this.vocabularies = new String[order.length];
        this.standard = new BitSet(order.length);
        this.valid = new BitSet(order.length);
        for (int i = 0; i < order.length; i++) {
            Concept concept = builder.concepts.get(order[i]);
            names[i] = concept.name();
            domains[i] = concept.domainId();
            vocabularies[i] = concept.vocabularyId();
            standard.set(i, concept.isStandard());
            valid.set(i, concept.isValid());
        }
        this.descendants = builder.descendants.build();
        this.mapped = builder.mapped.build();
    }

    /** A vocabulary without any concept: no concept set matches anything. */
    public static Vocabulary empty() {
        return EMPTY;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Number of concepts. */
    public int size() {
        return ids.length;
    }

    public boolean contains(int conceptId) {
        return Arrays.binarySearch(ids, conceptId) >= 0;
    }

    public Optional<Concept> concept(int conceptId) {
        int found = Arrays.binarySearch(ids, conceptId);
        return found < 0
                ? Optional.empty()
                : Optional.of(new Concept(
                        conceptId,
                        names[found],
                        domains[found],
                        vocabularies[found],
                        standard.get(found),
                        valid.get(found)));
    }

    /** The concepts in ascending order. */
    public IntStream concepts() {
        return IntStream.of(ids);
    }

    /** What {@code concept_ancestor} lists below a concept (usually the concept itself too), ascending. */
    public int[] descendants(int ancestor) {
        return descendants.of(ancestor);
    }

    /** The concepts that validly map to this one, ascending. */
    public int[] mappedTo(int conceptId) {
        return mapped.of(conceptId);
    }

    /**
     * The concepts that a set stands for, ascending and each once.
     *
     * <p>A listed concept must exist, valid or not. Its descendants must exist and be valid. Mapped codes are those that map to
     * what the item stands for so far; they need not be in {@code concept}. Excluding items are resolved in the same way and taken
     * away at the end.
     */
    public int[] resolve(ConceptSet set) {
        int[] included = resolve(set.items(), false);
        int[] excluded = resolve(set.items(), true);
        return IntStream.of(included)
                .filter(id -> Arrays.binarySearch(excluded, id) < 0)
                .toArray();
    }

    /** The listed concepts that this vocabulary lacks, in the order of the sets. */
    public List<UnknownConcept> unknownConcepts(Collection<ConceptSet> sets) {
        Set<UnknownConcept> unknown = new LinkedHashSet<>();
        for (ConceptSet set : sets) {
            for (ConceptSet.Item item : set.items()) {
                if (!contains(item.conceptId())) {
                    unknown.add(new UnknownConcept(set.name(), item.conceptId(), item.conceptName()));
                }
            }
        }
        return List.copyOf(unknown);
    }

    private int[] resolve(List<ConceptSet.Item> items, boolean excluded) {
        var found = new Concepts();
        for (ConceptSet.Item item : items) {
            if (item.isExcluded() == excluded) {
                resolve(item, found);
            }
        }
        return found.distinct();
    }

    private void resolve(ConceptSet.Item item, Concepts found) {
        int from = found.size;
        if (contains(item.conceptId())) {
            found.add(item.conceptId());
        }
        if (item.includeDescendants()) {
            for (int below : descendants(item.conceptId())) {
                if (isValid(below)) {
                    found.add(below);
                }
            }
        }
        if (item.includeMapped()) {
            int to = found.size;
            for (int own = from; own < to; own++) {
                found.addAll(mappedTo(found.ids[own]));
            }
        }
    }

    /** Concepts while they are gathered, some perhaps twice. */
    private static final class Concepts {
        private int[] ids = new int[16];
        private int size;

        void add(int concept) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, size * 2);
            }
            ids[size++] = concept;
        }

        void addAll(int[] concepts) {
            for (int concept : concepts) {
                add(concept);
            }
        }

        /** Each once, ascending. */
        int[] distinct() {
            Arrays.sort(ids, 0, size);
            int distinct = 0;
            for (int i = 0; i < size; i++) {
                if (distinct == 0 || ids[distinct - 1] != ids[i]) {
                    ids[distinct++] = ids[i];
                }
            }
            return Arrays.copyOf(ids, distinct);
        }
    }

    private boolean isValid(int conceptId) {
        int found = Arrays.binarySearch(ids, conceptId);
        return found >= 0 && valid.get(found);
    }

    @Override
    public String toString() {
        return "Vocabulary[" + ids.length + " concepts, " + descendants.size() + " descendants, " + mapped.size()
                + " mapped]";
    }

    /** Collects rows of {@code concept}, {@code concept_ancestor} and {@code concept_relationship} in any order. */
    public static final class Builder {
        private final List<Concept> concepts = new ArrayList<>();
        private final IntPairs.Builder descendants = new IntPairs.Builder();
        private final IntPairs.Builder mapped = new IntPairs.Builder();

        private Builder() {}

        /** A row of {@code concept}; of rows with one id the last counts. */
        public Builder concept(Concept concept) {
            concepts.add(concept);
            return this;
        }

        /** A row of {@code concept_ancestor}. */
        public Builder descendant(int ancestor, int descendant) {
            descendants.add(ancestor, descendant);
            return this;
        }

        /** A row of {@code concept_relationship} that says "Maps to" and is valid. */
        public Builder mapsTo(int source, int target) {
            mapped.add(target, source);
            return this;
        }

        public Vocabulary build() {
            int[] order = IntStream.range(0, concepts.size())
                    .boxed()
                    .sorted((left, right) -> {
                        int byId = Integer.compare(
                                concepts.get(left).id(), concepts.get(right).id());
                        return byId != 0 ? byId : Integer.compare(left, right);
                    })
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] last = IntStream.range(0, order.length)
                    .filter(i -> i + 1 == order.length
                            || concepts.get(order[i]).id()
                                    != concepts.get(order[i + 1]).id())
                    .map(i -> order[i])
                    .toArray();
            return new Vocabulary(this, last);
        }
    }
}
