/**
 * The HTTP API: the command line's words as resources. Every route asks for a session token.
 *
 * <p>Errors are RFC 9457 documents with the command line's codes. What a caller may not know of is answered 404, not 403. Reaches
 * data through the hub's facade only. Start at {@link org.vauban.app.api.PermitResource}.
 */
@NullMarked
package org.vauban.app.api;

import org.jspecify.annotations.NullMarked;
