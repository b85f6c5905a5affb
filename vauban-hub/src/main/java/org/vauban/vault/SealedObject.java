package org.vauban.vault;

/**
 * A sealed object that is durable.
 *
 * @param id its name
 * @param bytes its size on disk, after sealing and padding
 */
public record SealedObject(ObjectId id, long bytes) {}
