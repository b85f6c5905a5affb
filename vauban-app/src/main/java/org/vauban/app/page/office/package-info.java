/**
 * The office: the pages for the hub's people, signed in. Requests and where they stand, decisions, outputs on their way out.
 *
 * <p>Every page does what a verb and the API do, through the same methods of the hub, and decides nothing by itself. What somebody may
 * not know of is not there. Pages are drawn on the server and need no script; each form carries a token of its session. Start at
 * {@link org.vauban.app.page.office.RequestPage}.
 */
@NullMarked
package org.vauban.app.page.office;

import org.jspecify.annotations.NullMarked;
