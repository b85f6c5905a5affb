/**
 * Record linkage: which records speak of the same person.
 *
 * <p>The method is that of Fellegi and Sunter (1969) in the words of its modern form: several blocking passes propose pairs
 * of records; each trait of a pair is compared to a level of agreement; the chance of each level among pairs of one
 * person (m) and of two persons (u) is estimated from the very data by expectation and maximisation; agreement on a rare
 * value counts more than on a common one; and every pair gets a posterior probability. Three sorts of pairs are told
 * apart, not two: one person, two strangers, and two <em>relatives</em>, who share a surname, a roof and a telephone
 * and are the usual false match of hospital data. Records that share a sure key are one person beforehand, and two
 * different sure keys are never joined.
 *
 * <p>Promises: the same table gives the same links; no value of a record is in a message; memory grows with the records
 * and not with their pairs; nothing in here is tuned to a data set.
 *
 * <p>May use the JDK alone. Start at {@link org.vauban.identity.linkage.Linkage}. The reasons are in
 * docs/adr/0008-linkage.md.
 */
@NullMarked
package org.vauban.identity.linkage;

import org.jspecify.annotations.NullMarked;
