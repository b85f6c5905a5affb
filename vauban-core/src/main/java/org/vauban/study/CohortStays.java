package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.CohortEntries;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.CohortResults;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;

/** The cohorts of a study in one bucket, each evaluated where its entries are asked for, and the stays of one person. */
final class CohortStays {
    private CohortStays() {}

    /** The entries of each cohort, in the order asked. */
    static List<CohortEntries> evaluate(
            List<StudyCohort> cohorts,
            Trajectories trajectories,
            TrajectorySource source,
            CohortEvaluator evaluator,
            EvaluationProgress progress) {
        var silent = new EvaluationProgress() {
            @Override
            public boolean isCancelled() {
                return progress.isCancelled();
            }
        };
        CohortEntries[] found = new CohortEntries[cohorts.size()];
        for (StudyCohort.Entries kind : StudyCohort.Entries.values()) {
            List<Integer> places = new ArrayList<>();
            List<CohortDefinition> definitions = new ArrayList<>();
            for (int place = 0; place < cohorts.size(); place++) {
                if (cohorts.get(place).entries() == kind) {
                    places.add(place);
                    definitions.add(cohorts.get(place).definition());
                }
            }
            if (!definitions.isEmpty()) {
                Trajectories seen = switch (kind) {
                    case OBSERVED -> trajectories;
                    case RECORDED ->
                        AlwaysObserved.of(
                                trajectories,
                                Needs.all(definitions.stream()
                                        .map(CohortDefinition::needs)
                                        .toList()));
                };
                CohortResults results =
                        evaluator.evaluate(definitions, new OneBucket(seen, source.vocabulary()), silent);
                for (int index = 0; index < places.size(); index++) {
                    found[places.get(index)] = results.all().get(index).entries();
                }
            }
        }
        return List.of(found);
    }

    /** The stays of one person, by start. */
    static List<Stay> of(CohortEntries entries, long person) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.person(middle) < person) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        List<Stay> found = new ArrayList<>();
        for (int entry = low; entry < entries.size() && entries.person(entry) == person; entry++) {
            found.add(new Stay(entries.startDay(entry), entries.endDay(entry)));
        }
        return found;
    }

    /** All periods of observation of a person, by start. */
    static List<Stay> observations(Trajectories trajectories, int person) {
        Events periods = trajectories.events(Domain.OBSERVATION_PERIOD);
        List<Stay> found = new ArrayList<>();
        for (int row = periods.from(person); row < periods.to(person); row++) {
            found.add(new Stay(periods.startDays()[row], periods.endDays()[row]));
        }
        return found;
    }

    /** The days that are of a study, which may be limited to a period. */
    static List<Stay> in(Optional<Period> period, List<Stay> stays) {
        return period.map(within -> TimeLine.both(
                        stays, List.of(new Stay((int) within.from().toEpochDay(), (int)
                                within.to().toEpochDay()))))
                .orElse(stays);
    }

    /** The period of observation that holds a day; of overlapping ones the one that began first. */
    static Optional<Stay> observation(Trajectories trajectories, int person, int day) {
        Events periods = trajectories.events(Domain.OBSERVATION_PERIOD);
        int[] starts = periods.startDays();
        int[] ends = periods.endDays();
        for (int row = periods.from(person); row < periods.to(person); row++) {
            if (starts[row] <= day && day <= ends[row]) {
                return Optional.of(new Stay(starts[row], ends[row]));
            }
        }
        return Optional.empty();
    }

    /** Whether a person with these stays is still in their cohort, given those in another. */
    static boolean staysWith(List<Stay> own, List<Stay> other, Design.PersonsInBoth personsInBoth) {
        return other.isEmpty()
                || switch (personsInBoth) {
                    case REMOVE -> false;
                    case KEEP_FIRST -> own.getFirst().start() < other.getFirst().start();
                };
    }

    /** Whether a day is one of a study that may be limited to a period. */
    static boolean isIn(Optional<Period> period, int day) {
        return period.map(within ->
                        day >= within.from().toEpochDay() && day <= within.to().toEpochDay())
                .orElse(true);
    }
}
