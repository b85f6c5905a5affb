package org.vauban.care;

/**
 * A file that is not what it was when it was written.
 *
 * @param path the file, as the home names it
 * @param kind {@code object}, {@code edition}, {@code deposit}, {@code log} or {@code control}
 * @param healed whether the second copy had it, and it is whole again
 */
public record Damage(String path, String kind, boolean healed) {}
