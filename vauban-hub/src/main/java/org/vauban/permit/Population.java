package org.vauban.permit;

import org.vauban.cohort.CohortDefinition;
import org.vauban.document.Documents;
import org.vauban.document.Node;

/**
 * The persons who exist for a project: whoever enters a cohort within the granted days.
 *
 * @param name what the committee and the public call it
 * @param definition the cohort
 * @param circe the definition as it was filed, as one line of Circe JSON
 */
public record Population(String name, CohortDefinition definition, String circe) {

    /** @throws org.vauban.problem.ProblemException with every mistake in the definition */
    static Population of(String name, Node cohort) {
        return new Population(name, CohortDefinition.parse(name, cohort), Documents.json(cohort));
    }

    static Population of(String name, String circe) {
        return new Population(name, CohortDefinition.parse(name, Documents.json(name, circe)), circe);
    }

    @Override
    public String toString() {
        return "Population[" + name + "]";
    }
}
