package org.vauban.cohort.compiled;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.CriteriaGroup;
import org.vauban.cohort.Criterion;
import org.vauban.cohort.ExitStrategy;
import org.vauban.trajectory.Domain;
import org.vauban.vocabulary.Vocabulary;

/** What can be known of a batch of definitions before any data: its different queries, and which concepts they look for. */
final class Batch {
    private final ConceptSetPool pool;
    private final List<CohortDefinition> definitions;
    private final Map<Criterion, Integer> numbers = new HashMap<>();
    private final List<Criterion> queries = new ArrayList<>();
    private final Map<Domain, ConceptIndex> byConcept = new EnumMap<>(Domain.class);
    private final Map<Domain, ConceptIndex> bySourceConcept = new EnumMap<>(Domain.class);

    Batch(List<CohortDefinition> definitions, Vocabulary vocabulary) {
        this.pool = new ConceptSetPool(vocabulary);
        this.definitions = definitions.stream()
                .map(definition -> Canonical.of(definition, pool))
                .toList();
        for (CohortDefinition definition : this.definitions) {
            definition.primary().criteria().forEach(this::register);
            definition.additional().ifPresent(this::register);
            definition.rules().forEach(rule -> register(rule.group()));
            definition.censoring().forEach(this::register);
            if (definition.exit() instanceof ExitStrategy.DrugExposureEnd drug) {
                register(exposures(drug));
                register(exposuresBySource(drug));
            }
        }
    }

    /** The definitions, with concept sets numbered as in the pool. */
    List<CohortDefinition> definitions() {
        return definitions;
    }

    List<Criterion> queries() {
        return queries;
    }

    int number(Criterion criterion) {
        Integer number = numbers.get(criterion);
        if (number == null) {
            throw new IllegalArgumentException("A criterion that no definition of the batch has");
        }
        return number;
    }

    int[] concepts(int set) {
        return pool.concepts(set);
    }

    /** Queries by the concept of a record. */
    Map<Domain, ConceptIndex> byConcept() {
        return byConcept;
    }

    /** Queries by the source concept of a record, for those that have no other set. */
    Map<Domain, ConceptIndex> bySourceConcept() {
        return bySourceConcept;
    }

    /** The exposures that an exit looks at, by concept. */
    static Criterion exposures(ExitStrategy.DrugExposureEnd drug) {
        return exposures(OptionalInt.of(drug.conceptSet()), OptionalInt.empty());
    }

    /** The exposures that an exit looks at, by source concept. */
    static Criterion exposuresBySource(ExitStrategy.DrugExposureEnd drug) {
        return exposures(OptionalInt.empty(), OptionalInt.of(drug.conceptSet()));
    }

    private static Criterion exposures(OptionalInt set, OptionalInt sourceSet) {
        return new Criterion(
                Domain.DRUG_EXPOSURE,
                set,
                sourceSet,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private void register(Criterion criterion) {
        if (numbers.containsKey(criterion)) {
            return;
        }
        criterion.correlated().ifPresent(this::register);
        int number = queries.size();
        numbers.put(criterion, number);
        queries.add(criterion);
        if (criterion.conceptSet().isPresent()) {
            index(byConcept, criterion.domain(), criterion.conceptSet().getAsInt(), number);
        } else if (criterion.sourceConceptSet().isPresent()) {
            index(
                    bySourceConcept,
                    criterion.domain(),
                    criterion.sourceConceptSet().getAsInt(),
                    number);
        }
    }

    private void register(CriteriaGroup group) {
        group.correlated().forEach(correlated -> register(correlated.criterion()));
        group.groups().forEach(this::register);
    }

    private void index(Map<Domain, ConceptIndex> indexes, Domain domain, int set, int query) {
        ConceptIndex index = indexes.computeIfAbsent(domain, _ -> new ConceptIndex());
        for (int concept : pool.concepts(set)) {
            index.add(concept, query);
        }
    }
}
