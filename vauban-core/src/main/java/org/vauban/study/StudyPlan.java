package org.vauban.study;

import java.util.Optional;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;

/**
 * What a study will read, stated before anything is read. A permit is checked against it.
 *
 * <p>The days follow from the study alone and not from what a permit happens to grant, so that the same file gives the same result in
 * every project. What is said to be looked for "ever before" is looked for inside them.
 *
 * @param definition the study
 * @param needs the columns
 * @param period the days: the study's period with the days it looks back
 * @param lookBack why days before the study's period are read, if any are
 */
public record StudyPlan(StudyDefinition definition, Needs needs, Period period, Optional<LookBack> lookBack) {

    /**
     * What asks for most of the days before.
     *
     * @param field the field of STUDY.yaml, such as {@code prior-observation-days}
     * @param days how many
     */
    public record LookBack(String field, int days) {
        @Override
        public String toString() {
            return field + ": " + days;
        }
    }
}
