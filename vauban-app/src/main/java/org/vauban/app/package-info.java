/**
 * The door of the program: {@link org.vauban.app.Main} and the list of verbs.
 *
 * <p>Promises that nothing heavy is loaded before a verb needs it: {@code vauban --help} starts no server, opens no home and
 * reads no document. Uses {@code cli}, {@code server} and {@code demo} only to name their verbs. Start at
 * {@link org.vauban.app.Vauban}.
 */
@NullMarked
package org.vauban.app;

import org.jspecify.annotations.NullMarked;
