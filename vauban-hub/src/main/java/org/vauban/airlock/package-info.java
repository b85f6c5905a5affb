/**
 * The only door out. An output that the machine cleared leaves after two people approved it, in two sessions with two credentials,
 * neither of them its author nor named in its permit.
 *
 * <p>The machine may withhold alone; it never releases alone. At release the verdict is made again from the sealed evidence and must be
 * the one that the reviewers saw. {@link org.vauban.airlock.Released} proves all this, and the renderer for the outside accepts nothing else. Start at
 * {@link org.vauban.airlock.Airlock}. May use {@code project}, {@code permit}, {@code people}, {@code journal}, {@code control}, {@code body}, {@code register} and the domain.
 */
@NullMarked
package org.vauban.airlock;

import org.jspecify.annotations.NullMarked;
