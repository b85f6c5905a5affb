/**
 * What keeps a home whole over the years: a second copy of it, and a scrub that reads everything, tells what has rotted, and heals it from
 * that copy.
 *
 * <p>Start at {@link org.vauban.care.Care}. Promises that nothing is opened and no key is asked: a copy is ciphertext, and a file is
 * checked against a hash that is kept elsewhere than in the file. May use the rooms whose files it reads.
 */
@NullMarked
package org.vauban.care;

import org.jspecify.annotations.NullMarked;
