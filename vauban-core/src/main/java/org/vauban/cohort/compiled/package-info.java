/**
 * The evaluator that does the work: many definitions in one pass over primitive columns.
 *
 * <p>Once for each batch ({@code Batch}) concept sets are resolved and made the same object when they hold the same concepts, and
 * criteria that ask the same thing, in whatever definition, become one query. Once for each bucket ({@code BucketProgram}) queries
 * and definitions are compiled to objects and closures that hold the bucket's arrays. Then, person by person, every event is looked
 * up once by its concept in an index from concepts to queries; only definitions one of whose entry queries met an event run at all,
 * and a query that several of them use is answered once. So the cost follows matching events, not definitions times persons.
 *
 * <p>It shares the definitions with {@code reference} and nothing else. Start at
 * {@link org.vauban.cohort.compiled.CompiledEvaluator}.
 */
@NullMarked
package org.vauban.cohort.compiled;

import org.jspecify.annotations.NullMarked;
