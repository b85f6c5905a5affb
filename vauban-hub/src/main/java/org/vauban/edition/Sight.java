package org.vauban.edition;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.permit.Reach;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.trajectory.VisibleRows;
import org.vauban.vocabulary.Vocabulary;

/** Which rows of a bucket are there for a reader. Plans and statements read through the same one. */
@FunctionalInterface
interface Sight {
    VisibleRows rows(int bucket);

    /** What a grant's reach comes to in this edition: its vocabulary says what the concepts are, its rows who the persons are. */
    static Sight of(Reach reach, TrajectorySource everything, CohortEvaluator evaluator, EvaluationProgress progress) {
        Optional<GrantedPersons> persons = reach.population()
                .map(population ->
                        new GrantedPersons(population.definition(), reach.granted(), everything, evaluator, progress));
        return bucket -> new VisibleRows(
                reach.period(),
                persons.<LongPredicate>map(found -> found.of(bucket)).orElse(_ -> true),
                concepts(reach, everything),
                reach.byMonth());
    }

    private static Map<Domain, IntPredicate> concepts(Reach reach, TrajectorySource everything) {
        Map<Domain, IntPredicate> concepts = new EnumMap<>(Domain.class);
        if (!reach.concepts().isEmpty()) {
            Vocabulary vocabulary = everything.vocabulary();
            reach.concepts().forEach((domain, set) -> {
                int[] ascending = vocabulary.resolve(set);
                concepts.put(domain, concept -> Arrays.binarySearch(ascending, concept) >= 0);
            });
        }
        return concepts;
    }
}
