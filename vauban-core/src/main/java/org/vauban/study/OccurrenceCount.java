package org.vauban.study;

import java.util.List;
import java.util.Optional;
import org.vauban.output.Occurrences;

/** What is counted of one person, and what is estimated from the counts of a stratum. */
sealed interface OccurrenceCount permits IncidenceCount, PrevalenceCount {
    /** The output's name. */
    String name();

    Occurrences.Measure measure();

    Design.Calendar calendar();

    /** The attrition step of those who contribute at all, if the design takes some away. */
    Optional<String> step();

    /**
     * Counts one person.
     *
     * @param stretches days in the population, disjoint, by start
     * @param outcomes stays in the outcome, by start
     */
    void count(List<Stay> stretches, List<Stay> outcomes, PersonShares shares);

    Optional<Occurrences.Estimate> estimate(int persons, int cases, long events, long days);
}
