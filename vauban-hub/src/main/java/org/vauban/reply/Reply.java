package org.vauban.reply;

import java.util.Optional;

/**
 * An answer as it was given.
 *
 * @param status its HTTP status
 * @param type its content type
 * @param location where it leads, if it leads elsewhere
 * @param body its bytes, as text
 */
public record Reply(int status, String type, Optional<String> location, String body) {}
