package org.vauban.crash;

import java.util.function.Consumer;
import org.vauban.hub.Hub;

/**
 * Something that the hub said is done.
 *
 * @param about the thing; what is said of it later takes the place of what was said before
 * @param check fails when a hub that was opened again does not know of it
 */
record Fact(String about, Consumer<Hub> check) {}
