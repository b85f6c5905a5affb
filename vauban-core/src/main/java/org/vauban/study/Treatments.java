package org.vauban.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.vauban.cohort.CohortEntries;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;

/** What a study calls by a name, be it a cohort or records: the stays of a person. Concept sets are resolved once. */
final class Treatments {
    private final TrajectorySource source;
    private final CohortEvaluator evaluator;
    private final List<StudyCohort> cohorts = new ArrayList<>();
    private final Map<String, StudyRecords> records = new HashMap<>();
    private final Map<String, int[]> concepts = new HashMap<>();

    /**
     * Prepares the names that a design asks for.
     *
     * @param names of records or of cohorts; a name may come twice
     */
    Treatments(StudyDefinition definition, List<String> names, TrajectorySource source, CohortEvaluator evaluator) {
        this.source = source;
        this.evaluator = evaluator;
        for (String name : names.stream().distinct().toList()) {
            definition.records().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            each -> {
                                records.put(name, each);
                                concepts.put(name, source.vocabulary().resolve(each.concepts()));
                            },
                            () -> cohorts.add(definition.cohort(name)));
        }
    }

    /** One bucket, its cohorts evaluated. */
    InBucket in(Trajectories trajectories, EvaluationProgress progress) {
        Map<String, CohortEntries> entries = new HashMap<>();
        if (!cohorts.isEmpty()) {
            List<CohortEntries> found = CohortStays.evaluate(cohorts, trajectories, source, evaluator, progress);
            for (int cohort = 0; cohort < cohorts.size(); cohort++) {
                entries.put(cohorts.get(cohort).name(), found.get(cohort));
            }
        }
        return new InBucket(trajectories, entries);
    }

    /** The stays of the persons of one bucket. */
    final class InBucket {
        private final Trajectories trajectories;
        private final Map<String, CohortEntries> entries;

        private InBucket(Trajectories trajectories, Map<String, CohortEntries> entries) {
            this.trajectories = trajectories;
            this.entries = entries;
        }

        /** The stays of one person, by first day. */
        List<Stay> of(String name, int person) {
            StudyRecords recorded = records.get(name);
            return recorded == null
                    ? CohortStays.of(
                            Objects.requireNonNull(entries.get(name)),
                            trajectories.persons().id(person))
                    : recorded(recorded, Objects.requireNonNull(concepts.get(name)), person);
        }

        private List<Stay> recorded(StudyRecords recorded, int[] wanted, int person) {
            Domain domain = recorded.domain();
            Events events = trajectories.events(domain);
            int[] starts = events.startDays();
            int[] codes = events.concepts();
            boolean ends = domain.endColumn().isPresent();
            List<Stay> found = new ArrayList<>();
            for (int row = events.from(person); row < events.to(person); row++) {
                if (Arrays.binarySearch(wanted, codes[row]) >= 0) {
                    int end = ends && !Absent.is(events.endDays()[row]) ? events.endDays()[row] : starts[row];
                    found.add(new Stay(starts[row], Math.max(starts[row], end)));
                }
            }
            return found;
        }
    }
}
