/**
 * Attackers of tables. They know what an outsider can know (the numbers shown, which cells are hidden, the threshold, which
 * totals are sums) and try to compute the rest.
 *
 * <p>{@link org.vauban.attack.table.TableAttacker} bounds every hidden cell by linear programming, {@link org.vauban.attack.table.IntervalAttacker} faster and more coarsely,
 * {@link org.vauban.attack.table.WholeNumberAttacker} asks whether a value is possible in whole numbers. All work on a {@link org.vauban.attack.table.PublishedTable}. They share no
 * code with the disclosure control that they attack, and use another solver (Hipparchus).
 */
@NullMarked
package org.vauban.attack.table;

import org.jspecify.annotations.NullMarked;
