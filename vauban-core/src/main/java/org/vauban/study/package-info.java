/**
 * Studies: a question written as one YAML file, the plan that says what must be read, and the run that answers it.
 *
 * <p>A {@link org.vauban.study.StudyDefinition} is read from {@code STUDY.yaml} and its cohort files with every mistake named; its
 * hash binds what was asked. {@link org.vauban.study.StudyPlanner} states the needed columns and days before anything is read.
 * {@link org.vauban.study.StudyRunner} reads each bucket once, keeps only the persons of the arms, and answers with typed raw
 * outputs: exact, and silent when printed. Writers for the open laboratory are in {@code report}, the numbers' own mathematics in
 * {@code survival}.
 *
 * <p>Designs and analyses are sealed types: a new one is a new case wherever it matters. Start at
 * {@link org.vauban.study.StudyDefinition#read}. May use {@code cohort}, {@code document}, {@code omop}, {@code output},
 * {@code problem}, {@code trajectory} and {@code vocabulary}.
 */
@NullMarked
package org.vauban.study;

import org.jspecify.annotations.NullMarked;
