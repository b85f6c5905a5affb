/**
 * The public pages, in French and English: what this hub is, its register, its catalogue, its log.
 *
 * <p>They show what was released or is public by nature, and nothing else; they hold no form and need no script. Plots and
 * tables were drawn once, at release. Reaches data through the hub's facade only. Start at
 * {@link org.vauban.app.page.RegisterPages}.
 */
@NullMarked
package org.vauban.app.page;

import org.jspecify.annotations.NullMarked;
