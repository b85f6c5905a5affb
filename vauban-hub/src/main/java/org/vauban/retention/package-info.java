/**
 * How long the bodies of the log are kept, and their end.
 *
 * <p>The tree stays for ever. What people said in an entry is sealed under the key of its month; when that is destroyed, no copy of a body of
 * the month opens again, and every proof stays valid. Not before the time that bodies must be kept, not while a hold is on the month, and
 * only by two people. Start at {@link org.vauban.retention.Retention}.
 */
@NullMarked
package org.vauban.retention;

import org.jspecify.annotations.NullMarked;
