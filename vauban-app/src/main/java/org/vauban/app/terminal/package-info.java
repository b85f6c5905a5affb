/**
 * Where a verb speaks: its standard output and error, its language, its folder, its questions.
 *
 * <p>A {@link org.vauban.app.terminal.Terminal} is either this process's own or that of a person whose verb was relayed over
 * HOME's Unix socket, so that a verb is written once. {@link org.vauban.app.terminal.Relay} carries it there and back. What is
 * asked in secret is never echoed, never printed and never part of the arguments. May use {@code problem} only.
 */
@NullMarked
package org.vauban.app.terminal;

import org.jspecify.annotations.NullMarked;
