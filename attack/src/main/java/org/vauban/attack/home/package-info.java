/**
 * What somebody tries who was handed a hub's whole folder: every stretch of bytes in it as a key to the rest.
 *
 * <p>Imports nothing of the hub. The formats it reads are those of {@code docs/formats}. Start at {@link org.vauban.attack.home.KeySearch}.
 */
@NullMarked
package org.vauban.attack.home;

import org.jspecify.annotations.NullMarked;
