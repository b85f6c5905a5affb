/**
 * The hub's side of the custodian: which keys a hub has, and how a custodian's no becomes a problem that people understand.
 *
 * <p>The hub holds no key. It asks {@link org.vauban.custody.Keys}, which asks the custodian's process. May use {@code custodian} and {@code problem}.
 */
@NullMarked
package org.vauban.custody;

import org.jspecify.annotations.NullMarked;
