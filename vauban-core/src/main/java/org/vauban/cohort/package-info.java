/**
 * Cohorts: who enters when, by which rules, and when they leave.
 *
 * <p>A {@link org.vauban.cohort.CohortDefinition} is read from Circe JSON (the format of ATLAS and the OHDSI PhenotypeLibrary)
 * into records and sealed types; what is not known, or known and not evaluated, is refused with its path, never ignored. A
 * {@link org.vauban.cohort.CohortEvaluator} answers many definitions over all buckets of a source. There are two, which share
 * these records and nothing else: {@code reference}, slow and plain, says who is right; {@code compiled} does the work.
 *
 * <p>Meaning: the rows of OHDSI's circe-be 1.12, with ties broken by the source's own row order. Where circe-be returns rows for an
 * odd reason (race tested on gender, say) the same rows come out here, and the place says so; where its SQL cannot run although
 * the meaning is plain, the plain meaning is evaluated; what it refuses is refused.
 *
 * <p>May use {@code document}, {@code omop}, {@code output}, {@code problem}, {@code trajectory} and {@code vocabulary}. Start at
 * {@link org.vauban.cohort.CohortDefinition#read}.
 */
@NullMarked
package org.vauban.cohort;

import org.jspecify.annotations.NullMarked;
