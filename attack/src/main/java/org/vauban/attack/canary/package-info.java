/**
 * Planted people, and the search for them in everything that a stopped hub leaves behind.
 *
 * <p>A {@link org.vauban.attack.canary.Canary} is a person whose every value is a word that nobody else has. {@link
 * org.vauban.attack.canary.Forms} writes these words in all the ways in which programs write things; {@link
 * org.vauban.attack.canary.Wanted} is one automaton over all of them; {@link org.vauban.attack.canary.Search} leads bytes through it,
 * unpacks what is packed at whatever offset, and opens Parquet. {@link org.vauban.attack.canary.Traces} looks at what is left when no
 * byte can be read: names, sizes, entropy.
 *
 * <p>Promise: 0 found means that every byte was read, in every form, and the control finds the same people with the same search.
 * Imports nothing of what it attacks. Start at {@link org.vauban.attack.canary.Search}.
 */
@NullMarked
package org.vauban.attack.canary;

import org.jspecify.annotations.NullMarked;
