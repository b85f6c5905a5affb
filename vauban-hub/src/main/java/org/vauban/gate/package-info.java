/**
 * The one way to data: permit, log, evaluation, disclosure, log again.
 *
 * <p>Command line and pages reach an evaluator through {@link org.vauban.gate.Gate} alone; a test draws that arrow. May use
 * {@code permit}, {@code journal}, {@code edition}, {@code project} and the domain.
 */
@NullMarked
package org.vauban.gate;

import org.jspecify.annotations.NullMarked;
