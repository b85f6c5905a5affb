/**
 * What was answered to a write that carried a key, so that a caller who lost the answer can ask again without doing the thing twice.
 *
 * <p>May use: {@code body}, {@code control}, {@code people}, {@code problem}. Start with {@link org.vauban.reply.Replies}.
 */
@NullMarked
package org.vauban.reply;

import org.jspecify.annotations.NullMarked;
