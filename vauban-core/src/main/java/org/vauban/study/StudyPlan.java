package org.vauban.study;

import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;

/**
 * What a study will read, stated before anything is read. A permit is checked against it.
 *
 * @param definition the study
 * @param needs the columns
 * @param period the days: the study's period with the days it looks back. An outcome "ever before" is looked for inside them.
 */
public record StudyPlan(StudyDefinition definition, Needs needs, Period period) {}
