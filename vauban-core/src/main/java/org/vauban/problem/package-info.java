/**
 * What can go wrong, in words a person can act on.
 *
 * <p>A {@link org.vauban.problem.Problem} has a stable {@link org.vauban.problem.ProblemCode}, the place it was found, and named arguments; its
 * sentence is taken from a message bundle in French or English, so that command line, API and pages say the same. The
 * code decides once whether it is the caller's fault, our refusal, our own fault or broken integrity, and so the exit
 * status and the HTTP status.
 *
 * <p>Start at {@link org.vauban.problem.ProblemException}. This package may use the JDK alone.
 */
@NullMarked
package org.vauban.problem;

import org.jspecify.annotations.NullMarked;
