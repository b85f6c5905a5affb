/**
 * The public register: who uses which data, why, until when, and what came out of it. Readable by everybody, without a key.
 *
 * <p>It holds copies that were made public on purpose: the public part of granted permits, and the rendered files of released
 * outputs. May use {@code control}, {@code vault} (for its shelf), {@code permit} and the words of {@code procedure} and {@code vocabulary}. Start at {@link org.vauban.register.Register}.
 */
@NullMarked
package org.vauban.register;

import org.jspecify.annotations.NullMarked;
