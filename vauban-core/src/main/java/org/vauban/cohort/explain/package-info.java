/**
 * Says in plain French or English what a cohort definition means, well enough for the people who decide on access and do not program.
 *
 * <p>{@link org.vauban.cohort.explain.CohortExplainer} turns a definition into an {@link org.vauban.cohort.explain.Explanation}: a sentence with
 * sentences under it. Words are in {@code wording_en.properties} and {@code wording_fr.properties}. What is said is what is evaluated: where
 * OHDSI's tools look at something else than a field's name says, so does the sentence.
 *
 * <p>May use {@code cohort}, {@code omop}, {@code trajectory} and {@code vocabulary}.
 */
@NullMarked
package org.vauban.cohort.explain;

import org.jspecify.annotations.NullMarked;
