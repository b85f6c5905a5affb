/**
 * Studies: a question written as one YAML file, the plan that says what must be read, and the run that answers it.
 *
 * <p>A {@link org.vauban.study.StudyDefinition} is read from {@code STUDY.yaml} and its cohort files with every mistake named; its
 * hash binds what was asked. {@link org.vauban.study.StudyPlanner} states the needed columns and days before anything is read.
 * {@link org.vauban.study.StudyRunner} reads each bucket once and answers with typed raw outputs: exact, and silent when printed. A
 * new-user design keeps the persons of its arms ({@code NewUserPass}); incidence and prevalence keep counts and who is behind them
 * ({@code OccurrencePass}, on the days that {@code TimeLine} finds). How medicines are used ({@code UtilisationPass}, {@code Episodes})
 * and which follow one another ({@code PathwayPass}, {@code PathwayLine}) is read from cohorts and from records alike
 * ({@code Treatments}). A case series keeps those who had the outcome ({@code SeriesPass}), cuts
 * their days ({@code SeriesCut}), fits ({@code SeriesModel}) and says whether it may be read ({@code SeriesAnalysis}); an exposure that
 * changes in time goes through {@code OverTimePass} and {@code OverTimeAnalyses}. A comparison by propensity score goes through {@code Scored} (who
 * has which score), {@code Compared} (who is left, in which sets, with which weights), {@code OutcomeModels} and {@code Judgement},
 * which says whether it may be read. Writers for the open laboratory are in {@code report}, the numbers' own mathematics in
 * {@code survival}, {@code propensity}, {@code rates} and their neighbours.
 *
 * <p>Designs and analyses are sealed types: a new one is a new case wherever it matters. Start at
 * {@link org.vauban.study.StudyDefinition#read}. May use {@code cohort}, {@code document}, {@code omop}, {@code output},
 * {@code problem}, {@code trajectory} and {@code vocabulary}.
 */
@NullMarked
package org.vauban.study;

import org.jspecify.annotations.NullMarked;
