package org.vauban.care;

/**
 * What a second copy cost.
 *
 * @param files how many files the copy has
 * @param written how many of them were new or had changed
 * @param bytes of those
 * @param entries entries of the log that the copy has
 */
public record Copied(long files, long written, long bytes, long entries) {}
