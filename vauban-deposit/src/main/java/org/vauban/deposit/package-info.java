/**
 * The splitter, which runs at the producer: reads the producer's files once, sends who somebody is one way and what happened to
 * them another way, and seals each for the zone that may open it.
 *
 * <p>Promises: every number by which a producer knows a person, a stay or a professional is replaced by a random one-time number;
 * what is not listed as health data does not pass (FHIR), or passes a detector (tables); a file that would tell who somebody is, or
 * that is cut, changed or wrong, is kept back whole and told with its place, and the others go on; no plaintext is written outside
 * the producer's own folder; memory does not grow with the rows; an interrupted deposit goes on where it stopped.
 *
 * <p>May use {@code deposit.envelope}, {@code deposit.identifier}, {@code problem} and Jackson. Start at {@link
 * org.vauban.deposit.Splitter}; the program is {@link org.vauban.deposit.DepositMain}. What happens to each column and element is in the
 * resources {@code snds-columns.txt}, {@code snds-tables.txt} and {@code fhir-elements.txt}.
 */
@NullMarked
package org.vauban.deposit;

import org.jspecify.annotations.NullMarked;
