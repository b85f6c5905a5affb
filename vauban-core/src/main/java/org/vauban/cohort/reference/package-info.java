/**
 * The evaluator that says who is right: person by person, criterion by criterion, in plain lists, without any shortcut.
 *
 * <p>It follows the meaning step by step and is meant to be read beside it; speed is not its business. It shares the definitions
 * with {@code compiled} and nothing else, so that the two can be wrong only independently. Start at
 * {@link org.vauban.cohort.reference.ReferenceEvaluator}.
 */
@NullMarked
package org.vauban.cohort.reference;

import org.jspecify.annotations.NullMarked;
