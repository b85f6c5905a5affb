/**
 * Editions: immutable, published versions of the warehouse's data.
 *
 * <p>An edition is a set of sealed objects, one per bucket, table and column group, and a signed manifest that binds them: which object
 * stands where, how many rows it has, and one root over all. Promises: before {@link org.vauban.edition.Editions#publish} nobody sees
 * anything of it, after it everybody sees all of it; an object, a manifest or a stub that was changed, exchanged, rolled back or brought
 * from elsewhere is {@code EDITION_BROKEN} or {@code SEAL_BROKEN} before a row is used; a reader opens only the column groups that its
 * grant needs, so the data keys of the others are not even unwrapped; and hands out the rows that {@link org.vauban.edition.Sight} says are there,
 * and no others.
 *
 * <p>May use {@code cohort} (a population's evaluator), {@code vault}, {@code duck}, {@code permit} (the grant), {@code custody}, {@code ledger.tree} (the root) and the core.
 * Start at {@link org.vauban.edition.Editions}.
 */
@NullMarked
package org.vauban.edition;

import org.jspecify.annotations.NullMarked;
