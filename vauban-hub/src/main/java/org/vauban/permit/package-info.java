/**
 * Case-by-case access: what a permit lists, and the checked permit in hand.
 *
 * <p>A {@link org.vauban.permit.Permit} grants tables, columns, a period, a purpose and named persons until its end. {@link org.vauban.permit.Permits#require} turns it
 * into a {@link org.vauban.permit.Grant} for one request, or refuses and has the refusal entered in the log. Holding a Grant is the proof that the check
 * was made: readers of editions ask for one, and nobody else can make one. The grant's {@link org.vauban.permit.Reach} says which rows there are. May use {@code control},
 * {@code journal}, {@code people}, {@code procedure}, and {@code cohort} to read the definition of a population.
 */
@NullMarked
package org.vauban.permit;

import org.jspecify.annotations.NullMarked;
