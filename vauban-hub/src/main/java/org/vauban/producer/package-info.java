/**
 * What producers keep control of: who speaks for one, what was read of its rows, and what it takes back.
 *
 * <p>A producer learns projects, editions, kinds of query and times, never who asked or what was found. What it takes back is in no later
 * edition; the key of its delivery is destroyed, so that no copy of the deposit opens again. Start at {@link org.vauban.producer.Producers}.
 */
@NullMarked
package org.vauban.producer;

import org.jspecify.annotations.NullMarked;
