/**
 * The hub put together, in plain Java: one folder, one owner, every room wired once.
 *
 * <p>{@link org.vauban.hub.Hub#open} is what the command line, the server and the tests call. {@link org.vauban.hub.Home} is the folder: its format number, its lock, its
 * places. Nothing of a key is under it. May use every room; no room may use it.
 */
@NullMarked
package org.vauban.hub;

import org.jspecify.annotations.NullMarked;
