/**
 * The server: owns HOME while it runs, shows the pages, answers the API, and runs the verbs that command lines relay to it.
 *
 * <p>Listens on loopback only, because it speaks plain HTTP. Every route but the public ones asks for a session: the API for a token
 * in a header, the office for a browser's cookie. Spring lives here and in {@code page} and {@code api}, nowhere else in this module.
 * Start at {@link org.vauban.app.server.WebServer}.
 */
@NullMarked
package org.vauban.app.server;

import org.jspecify.annotations.NullMarked;
