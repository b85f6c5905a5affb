package org.vauban.study;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vauban.output.Features;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Trajectories;
import org.vauban.vocabulary.Concept;
import org.vauban.vocabulary.Vocabulary;

/**
 * Counts persons by concept and window. A first reading counts all concepts, a number for each; only of those that are common enough to be
 * told a second one keeps who is behind them. So memory follows what is told, and not what is recorded.
 */
final class FeatureCounts {
    /** Persons kept behind all features together: 160 MB. */
    static final long KEPT_MAX = 20_000_000;

    private static final int CONCEPT_BITS = 32;

    private final FeatureChoice choice;
    private final int groups;
    private final long keptMax;
    private final Map<Long, int[]> counts = new HashMap<>();
    private final Map<Long, List<PersonList>> kept = new TreeMap<>();

    FeatureCounts(FeatureChoice choice, int groups, long keptMax) {
        this.choice = choice;
        this.groups = groups;
        this.keptMax = keptMax;
    }

    /** One person of a group, at the first reading. */
    void count(int group, Trajectories trajectories, int person, int entry) {
        for (long feature : of(trajectories, person, entry)) {
            counts.computeIfAbsent(feature, _ -> new int[groups])[group]++;
        }
    }

    /**
     * After the first reading: what will be told.
     *
     * @param sizes persons in each group
     */
    void choose(int[] sizes) {
        long persons = 0;
        for (Map.Entry<Long, int[]> each : counts.entrySet()) {
            int[] count = each.getValue();
            boolean common = IntStream.range(0, groups)
                    .anyMatch(group -> count[group] > 0 && count[group] >= choice.leastShare() * sizes[group]);
            if (common) {
                kept.put(
                        each.getKey(),
                        Stream.generate(PersonList::new).limit(groups).toList());
                persons += IntStream.of(count).sum();
            }
        }
        counts.clear();
        if (persons > keptMax) {
            throw Problem.of(ProblemCode.STUDY_TOO_LARGE)
                    .expected(keptMax)
                    .found(persons)
                    .exception();
        }
    }

    /** The same person at the second reading. */
    void keep(int group, Trajectories trajectories, int person, int entry) {
        for (long feature : of(trajectories, person, entry)) {
            List<PersonList> persons = kept.get(feature);
            if (persons != null) {
                persons.get(group).add(trajectories.persons().id(person));
            }
        }
    }

    /** What is told, by table, window and concept. */
    List<Features.Row> rows(Vocabulary vocabulary) {
        return kept.entrySet().stream()
                .map(each -> {
                    int place = (int) (each.getKey() >> CONCEPT_BITS);
                    int concept = each.getKey().intValue();
                    DayWindow window =
                            choice.windows().get(place % choice.windows().size());
                    return new Features.Row(
                            choice.domains()
                                    .get(place / choice.windows().size())
                                    .table()
                                    .tableName(),
                            concept,
                            Features.label(
                                    vocabulary
                                            .concept(concept)
                                            .map(Concept::name)
                                            .orElse(""),
                                    concept),
                            window.fromDay(),
                            window.toDay(),
                            each.getValue().stream().map(PersonList::set).toList());
                })
                .toList();
    }

    /** What a person has, each once; records whose concept is not known are nothing. */
    private Set<Long> of(Trajectories trajectories, int person, int entry) {
        Set<Long> found = new HashSet<>();
        int last = choice.windows().getLast().toDay();
        for (int domain = 0; domain < choice.domains().size(); domain++) {
            Events events = trajectories.events(choice.domains().get(domain));
            int[] starts = events.startDays();
            int[] concepts = events.concepts();
            for (int row = events.from(person); row < events.to(person) && starts[row] <= entry + last; row++) {
                for (int window = 0; window < choice.windows().size(); window++) {
                    if (concepts[row] > 0 && choice.windows().get(window).holds(starts[row] - entry)) {
                        long place = (long) domain * choice.windows().size() + window;
                        found.add(place << CONCEPT_BITS | concepts[row]);
                    }
                }
            }
        }
        return found;
    }
}
