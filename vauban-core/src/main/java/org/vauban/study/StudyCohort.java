package org.vauban.study;

import org.vauban.cohort.CohortDefinition;

/**
 * A cohort in a study.
 *
 * @param name the name by which the study refers to it
 * @param label what readers see
 * @param entries which entries count as members at first
 * @param file the file of its definition, as written in the study
 * @param definition its definition
 */
public record StudyCohort(String name, String label, Entries entries, String file, CohortDefinition definition) {

    /** Which entries count. */
    public enum Entries {
        /** Those inside a period of observation, as the definition's format demands. */
        OBSERVED,
        /**
         * All that are recorded: the definition is evaluated as if everybody were always observed, and the design asks for
         * observation afterwards. Attrition then begins with everybody who has the record.
         */
        RECORDED
    }
}
