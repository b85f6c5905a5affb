package org.vauban.reply;

/**
 * An answer as it was given.
 *
 * @param status its HTTP status
 * @param type its content type
 * @param body its bytes, as text
 */
public record Reply(int status, String type, String body) {}
